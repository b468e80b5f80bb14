#include "server/host_names.h"

#include <algorithm>

namespace stepwell::server {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_loopback_address(std::string_view name) {
  if (name == "[::1]") return true;
  if (!name.starts_with("127.")) return false;
  return name.find_first_not_of("0123456789.") == std::string_view::npos && std::ranges::count(name, '.') == 3;
}

bool is_local(std::string_view name) {
  return name == "localhost" || name.ends_with(".localhost") || is_loopback_address(name);
}

bool is_of_aws(std::string_view name) {
  return name.ends_with(".amazonaws.com") || name.ends_with(".amazonaws.com.cn") || name.ends_with(".api.aws");
}

}  // namespace

HostNames::HostNames(std::vector<std::string> names) {
  for (const std::string& name : names) own_.push_back(lower(name));
}

bool HostNames::contains(std::string_view host) const {
  if (host.empty()) return true;
  const std::string whole = lower(host);
  std::string_view name = without_port(whole);
  if (name.ends_with('.')) name.remove_suffix(1);
  // SDKs put this before the host for StartSyncExecution and TestState.
  const bool prefixed = name.starts_with("sync-");
  for (const std::string_view candidate : {name, prefixed ? name.substr(5) : name}) {
    if (is_local(candidate) || is_of_aws(candidate)) return true;
    if (std::ranges::any_of(own_, [&](const std::string& own) { return own == candidate || own == whole; }))
      return true;
  }
  return false;
}

}  // namespace stepwell::server
