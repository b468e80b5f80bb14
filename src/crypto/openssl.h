#pragma once
// Objects of OpenSSL as values, and its names for digests.

#include "base/owned.h"
#include "crypto/hash.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

namespace stepwell::crypto::openssl {

using KeyPtr = Owned<EVP_PKEY, EVP_PKEY_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Number = Owned<BIGNUM, BN_free>;

inline const EVP_MD* method(Digest digest) {
  switch (digest) {
    case Digest::md5: return EVP_md5();
    case Digest::sha1: return EVP_sha1();
    case Digest::sha256: return EVP_sha256();
    case Digest::sha384: return EVP_sha384();
    case Digest::sha512: return EVP_sha512();
  }
  return nullptr;
}

}  // namespace stepwell::crypto::openssl
