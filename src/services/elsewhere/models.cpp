#include "services/elsewhere/models.h"

#include <algorithm>
#include <array>

namespace stepwell::elsewhere {
namespace {

struct Entry {
  std::string_view name;
  const wire::ApiModel& (*model)();
};

}  // namespace

#define MODEL(name) const wire::ApiModel& name##_model();
#include "services/elsewhere/models.def"
#undef MODEL

namespace {

constexpr auto entries = std::to_array<Entry>({
#define MODEL(name) {#name, name##_model},
#include "services/elsewhere/models.def"
#undef MODEL
});

}  // namespace

const wire::ApiModel* find_model(std::string_view service) {
  const auto entry = std::ranges::find(entries, service, &Entry::name);
  return entry == entries.end() ? nullptr : &entry->model();
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Entry& entry : entries) all.push_back(entry.name);
  return all;
}

}  // namespace stepwell::elsewhere
