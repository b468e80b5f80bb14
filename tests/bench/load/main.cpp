// stepwell_load WORKLOAD NAME=VALUE…: puts a server on 127.0.0.1 under load and prints what came of it as a line of
// JSON. What a workload does and takes stands at the beginning of its file.
#include "load/workloads.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::load {
namespace {

struct Workload {
  std::string_view name;
  void (*run)(const Settings&);
};
constexpr Workload workloads[] = {
#define WORKLOAD(name) {#name, run_##name},
#include "load/workloads.def"
#undef WORKLOAD
};

}  // namespace

const std::string& Settings::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) give_up(fmt::format("{}= is not given", name));
  return found->second;
}

std::string Settings::text(std::string_view name, std::string_view usual) const {
  return values_.contains(name) ? text(name) : std::string(usual);
}

long Settings::number(std::string_view name) const {
  const std::string& value = text(name);
  long result = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
  if (error != std::errc{} || end != value.data() + value.size()) give_up(fmt::format("{}={}: no number", name, value));
  return result;
}

long Settings::number(std::string_view name, long usual) const { return values_.contains(name) ? number(name) : usual; }

}  // namespace stepwell::load

int main(int argc, char** argv) {
  using namespace stepwell::load;
  std::map<std::string, std::string, std::less<>> values;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) give_up(fmt::format("{}: not NAME=VALUE", argument));
    values.emplace(argument.substr(0, equals), argument.substr(equals + 1));
  }
  const std::string_view name = argc > 1 ? argv[1] : "";
  for (const Workload& workload : workloads) {
    if (workload.name != name) continue;
    workload.run(Settings(std::move(values)));
    return 0;
  }
  give_up(fmt::format("there is no workload '{}'", name));
}
