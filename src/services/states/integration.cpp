#include "services/states/integration.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

struct Entry {
  std::string_view key;
  Integration function;
};

constexpr auto integrations = std::to_array<Entry>({
#define INTEGRATION(key, function) {key, function},
#include "services/states/integrations.def"
#undef INTEGRATION
});

std::string key_of(const asl::Resource& resource) {
  if (resource.kind == asl::Resource::Kind::lambda) return "lambda-function";
  return fmt::format("{}:{}", resource.service, resource.action);
}

}  // namespace

Integration find_integration(const asl::Resource& resource) {
  const std::string key = key_of(resource);
  Integration generic = nullptr;
  for (const Entry& entry : integrations) {
    if (entry.key == key) return entry.function;
    const std::string_view prefix = entry.key.substr(0, entry.key.size() - 1);
    if (entry.key.ends_with('*') && key.starts_with(prefix)) generic = entry.function;
  }
  return generic;
}

}  // namespace stepwell::states
