#pragma once
// Whom calls over https believe: the system's authorities, and those of --ca-bundle.

#include "base/error.h"
#include "net/tls_authorities.h"

#include <memory>
#include <string>

namespace stepwell::server {

// `ca_bundle`: a PEM file; empty: none. Errors "FileNotReadable", "InvalidCertificate", which name the file.
Result<std::shared_ptr<net::TlsAuthorities>> read_authorities(const std::string& ca_bundle);

}  // namespace stepwell::server
