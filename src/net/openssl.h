#pragma once
// OpenSSL's objects as values, and its words for what went wrong.

#include "base/owned.h"

#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace stepwell::net::openssl {

using Bio = Owned<BIO, BIO_free>;
using Certificate = Owned<X509, X509_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

// OpenSSL's words for its last failure on this thread; its queue is empty afterwards.
std::string reason();

Bio reader(std::string_view pem);
// The next certificate, or nullptr where there is none, or what is there is none.
Certificate read_certificate(BIO* pem);
// Whether the text has ended, where no further certificate was read; if not, `reason` tells what is wrong with it.
bool has_ended();

}  // namespace stepwell::net::openssl
