// Objects: order, duplicates and look-up, below and above the 16 members from which on they are indexed.
#include "lang/json/build.h"
#include "lang/json/object_index.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

std::string key_of(int i) { return "key-" + std::to_string(i); }

std::string object_text(int members) {
  std::string text = "{";
  for (int i = 0; i < members; ++i) text += fmt::format("{}\"{}\":{}", i == 0 ? "" : ",", key_of(i), i);
  return text + "}";
}

class Sizes : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Object, Sizes, testing::Values(0, 1, 2, 15, 16, 17, 18, 31, 32, 33, 64, 65, 1000, 20'000));

TEST_P(Sizes, KeepsOrderAndFindsEveryMember) {
  const std::string text = object_text(GetParam());
  Arena arena;
  const Value value = parse(arena, text).value();
  EXPECT_EQ(print(value), text);
  ASSERT_EQ(value.size(), static_cast<std::size_t>(GetParam()));
  for (int i = 0; i < GetParam(); ++i) {
    const Value* const member = value.find(key_of(i));
    ASSERT_NE(member, nullptr) << i;
    EXPECT_EQ(member->as_integer(), i);
  }
  EXPECT_EQ(value.find("key"), nullptr);
  EXPECT_EQ(value.find(""), nullptr);
  EXPECT_EQ(value.find(key_of(GetParam())), nullptr);
}

TEST_P(Sizes, BuildsTheSame) {
  Arena arena;
  ObjectBuilder builder(arena);
  EXPECT_TRUE(builder.empty());
  for (int i = 0; i < GetParam(); ++i) builder.add(arena.copy(key_of(i)), i);
  const Value value = builder.build();
  EXPECT_EQ(print(value), object_text(GetParam()));
  EXPECT_TRUE(equal(value, parse_copy(arena, object_text(GetParam())).value()));
}

TEST_P(Sizes, CopiesTheSame) {
  Arena arena;
  Value copied;
  {
    Arena source;
    copied = copy(arena, parse_copy(source, object_text(GetParam())).value());
  }
  EXPECT_EQ(print(copied), object_text(GetParam()));
  for (int i = 0; i < GetParam(); ++i) ASSERT_NE(copied.find(key_of(i)), nullptr) << i;
}

// Every key twice, the second time in reverse and with another value.
TEST_P(Sizes, CollapsesDuplicates) {
  const int members = GetParam();
  std::string text = "{";
  for (int i = 0; i < members; ++i) text += fmt::format("\"{}\":\"old\",", key_of(i));
  for (int i = members - 1; i >= 0; --i) text += fmt::format("\"{}\":{},", key_of(i), i);
  if (members > 0) text.pop_back();
  text += "}";
  Arena arena;
  const Value value = parse(arena, text).value();
  EXPECT_EQ(print(value), object_text(members));
  for (int i = 0; i < members; ++i) ASSERT_EQ(value.find(key_of(i))->as_integer(), i);
  EXPECT_EQ(value.find("absent"), nullptr);

  ObjectBuilder builder(arena);
  for (int i = 0; i < members; ++i) builder.add(arena.copy(key_of(i)), "old");
  for (int i = members - 1; i >= 0; --i) builder.add(arena.copy(key_of(i)), i);
  EXPECT_EQ(print(builder.build()), object_text(members));
}

TEST(Object, CollapsesManyTimesTheSameKey) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += fmt::format("\"a\":{},", i);
  text += "\"b\":1}";
  Arena arena;
  EXPECT_EQ(print(parse(arena, text).value()), R"({"a":999,"b":1})");
}

TEST(Object, TellsKeysApartThatLookAlike) {
  Arena arena;
  // Same length, first, middle and last character.
  const std::string text = R"({"aXbYc":1,"aZbWc":2,"aXbYc":3,"aQbYc":4})";
  EXPECT_EQ(print(parse(arena, text).value()), R"({"aXbYc":3,"aZbWc":2,"aQbYc":4})");
}

TEST(Object, FindOnOtherKindsIsNothing) {
  Arena arena;
  EXPECT_EQ(Value().find("a"), nullptr);
  EXPECT_EQ(Value::string("a").find("a"), nullptr);
  EXPECT_EQ(parse(arena, R"(["a"])")->find("a"), nullptr);
}

TEST(Object, IsMadeOfGivenMembers) {
  Arena arena;
  std::vector<std::string> keys;
  for (int i = 0; i < 40; ++i) keys.push_back(key_of(i));
  std::vector<Member> members;
  for (const std::string& key : keys) members.push_back({key, Value::string(key)});
  const Value small = Value::object(arena, std::span(members).first(16));
  EXPECT_EQ(small.members().data(), members.data());
  const Value large = Value::object(arena, members);
  EXPECT_NE(large.members().data(), members.data());
  for (const std::string& key : keys) EXPECT_EQ(large.find(key)->as_string(), key);
}

// SipHash-1-3 under the key 0, as CPython hashes bytes with PYTHONHASHSEED=0.
TEST(SipHash, KnownAnswers) {
  EXPECT_EQ(sip_hash(0, 0, "a"), 0x407448d2b89b1813U);
  EXPECT_EQ(sip_hash(0, 0, "1234567"), 0xa33d651594fdae81U);
  EXPECT_EQ(sip_hash(0, 0, "12345678"), 0x3489982430560a87U);
  EXPECT_EQ(sip_hash(0, 0, "0123456789abcdef"), 0x1d42b30f7e060c24U);
  EXPECT_EQ(sip_hash(0, 0, "The quick brown fox jumps over the lazy dog"), 0x8df676d3d00c451eU);
}

TEST(SipHash, DependsOnItsKey) {
  EXPECT_NE(sip_hash(0, 0, "a"), sip_hash(1, 0, "a"));
  EXPECT_NE(sip_hash(0, 0, "a"), sip_hash(0, 1, "a"));
}

}  // namespace
}  // namespace stepwell::json
