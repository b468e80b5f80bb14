#include "services/lambda/execution/runtime.h"

#include "services/lambda/errors.h"
#include "services/lambda/runtimes/clients.h"

#include <fstream>
#include <unistd.h>

namespace stepwell::lambda {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

Result<void> write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return fail(internal_error(fmt::format("Cannot write {}.", path.string())));
  return {};
}

}  // namespace

std::optional<RuntimeKind> runtime_kind(std::string_view runtime) {
  if (runtime.starts_with("nodejs")) return RuntimeKind::node;
  if (runtime.starts_with("python3")) return RuntimeKind::python;
  if (runtime.starts_with("provided")) return RuntimeKind::provided;
  return std::nullopt;
}

Result<Runtimes> Runtimes::open(fs::path directory, std::string search_path) {
  std::error_code failure;
  fs::create_directories(directory, failure);
  if (failure) return fail(internal_error(fmt::format("Cannot use {}: {}", directory.string(), failure.message())));
  Runtimes runtimes(std::move(directory), std::move(search_path));
  TRY(write_file(runtimes.node_client(), node_client_text));
  TRY(write_file(runtimes.python_client(), python_client_text));
  return runtimes;
}

Result<std::string> Runtimes::find(std::string_view runtime, std::string_view program, const std::string& found,
                                   std::string_view places) {
  if (!found.empty()) return found;
  for (std::string_view rest = places; !rest.empty();) {
    const std::string_view place = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(place.size() + 1, rest.size()));
    const fs::path candidate = fs::path(place) / program;
    if (candidate.is_absolute() && is_program(candidate)) return candidate.string();
  }
  return fail(errors::invalid_runtime(runtime, fmt::format("there is no {} in {}", program, places)));
}

Result<std::string> Runtimes::node(std::string_view runtime) {
  TRY_ASSIGN(node_, find(runtime, "node", node_, search_path_));
  return node_;
}

Result<std::string> Runtimes::python(std::string_view runtime) {
  // Debian's own comes first: it is the one that Debian's Python packages are for.
  TRY_ASSIGN(python_, find(runtime, "python3", python_, "/usr/bin:" + search_path_));
  return python_;
}

}  // namespace stepwell::lambda
