#pragma once
// The names that this server answers to. Where callers need no credentials, a page of the web could make its own name
// point at this machine and have a browser ask here; the Host field tells (DNS rebinding).

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::server {

class HostNames {
 public:
  // Beside loopback addresses, localhost and what AWS's clients put into requests.
  explicit HostNames(std::vector<std::string> names);

  // `host` as received: with or without a port. No Host at all comes from no browser.
  bool contains(std::string_view host) const;
  const std::vector<std::string>& own() const { return own_; }

 private:
  std::vector<std::string> own_;  // lower case
};

}  // namespace stepwell::server
