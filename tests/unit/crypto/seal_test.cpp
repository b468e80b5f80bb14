#include "crypto/seal.h"

#include "crypto/hash.h"

#include <thread>

#include <gtest/gtest.h>

namespace stepwell::crypto {
namespace {

const std::string key(32, 'k');

TEST(Seal, WhatWasSealedComesBack) {
  const Sealer sealer(key);
  for (const std::string& data :
       {std::string(), std::string("token"), std::string("\0\xff", 2), std::string(5000, 'x')}) {
    EXPECT_EQ(sealer.open("task", sealer.seal("task", data)), data);
  }
  EXPECT_EQ(sealer.open("", sealer.seal("", "data")), "data");
}

TEST(Seal, TheSameDataIsNeverSealedAlike) {
  const Sealer sealer(key);
  EXPECT_NE(sealer.seal("task", "data"), sealer.seal("task", "data"));
}

TEST(Seal, AnotherPurposeOrKeyDoesNotOpenIt) {
  const Sealer sealer(key);
  const std::string sealed = sealer.seal("task", "data");
  EXPECT_EQ(sealer.open("page", sealed), std::nullopt);
  EXPECT_EQ(Sealer(std::string(32, 'j')).open("task", sealed), std::nullopt);
}

TEST(Seal, EveryChangedBitIsNoticed) {
  const Sealer sealer(key);
  const std::string bytes = *base64url_decode(sealer.seal("task", "data"));
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string forged = bytes;
    forged[i / 8] = static_cast<char>(forged[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(sealer.open("task", base64url_encode(forged)), std::nullopt) << "bit " << i;
  }
}

TEST(Seal, MalformedTextIsRefused) {
  const Sealer sealer(key);
  const std::string sealed = sealer.seal("task", "data");
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(sealer.open("task", std::string_view(sealed).substr(0, size)), std::nullopt) << size;
  }
  EXPECT_EQ(sealer.open("task", sealed + "A"), std::nullopt);
  EXPECT_EQ(sealer.open("task", "not base64!"), std::nullopt);
}

TEST(Seal, ThreadsShareASealer) {
  const Sealer sealer(key);
  std::string sealed;
  std::thread([&] { sealed = sealer.seal("task", "data"); }).join();
  EXPECT_EQ(sealer.open("task", sealed), "data");
}

TEST(Random, GivesAsManyBytesAsAskedFor) {
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(1000).size(), 1000U);
  EXPECT_NE(random_bytes(16), random_bytes(16));
}

}  // namespace
}  // namespace stepwell::crypto
