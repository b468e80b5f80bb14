#include "server/authorities.h"

#include "server/files.h"

#include <fmt/format.h>

namespace stepwell::server {

Result<std::shared_ptr<net::TlsAuthorities>> read_authorities(const std::string& ca_bundle) {
  if (ca_bundle.empty()) return net::TlsAuthorities::of_the_system();
  TRY_ASSIGN(const std::string text, read_file(ca_bundle));
  auto authorities = net::TlsAuthorities::load(text);
  if (authorities) return authorities;
  Error error = std::move(authorities).error();
  error.message = fmt::format("{}: {}", ca_bundle, error.message);
  error.detail = "--ca-bundle is a PEM file with the certificates of the authorities that https calls are to believe.";
  return fail(std::move(error));
}

}  // namespace stepwell::server
