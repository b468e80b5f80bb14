#pragma once
// Which runtimes this machine has: any node for `nodejs*`, any Python 3 for `python3*`, and the package's own bootstrap
// for `provided*`. The version in a runtime's name is not looked for.

#include "base/error.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::lambda {

enum class RuntimeKind { node, python, provided };

// nullopt: AWS may know it, this program does not run it.
std::optional<RuntimeKind> runtime_kind(std::string_view runtime);

// The interpreters of this machine and our runtime clients, which are part of the program and written to disk.
class Runtimes {
 public:
  // Writes the clients below `directory`. `search_path` is a list of directories as in PATH.
  static Result<Runtimes> open(std::filesystem::path directory, std::string search_path);

  const std::filesystem::path& directory() const { return directory_; }
  // Error InvalidRuntimeException that says where it was looked for. What is found is remembered.
  Result<std::string> node(std::string_view runtime);
  Result<std::string> python(std::string_view runtime);
  std::string node_client() const { return (directory_ / "bootstrap.mjs").string(); }
  std::string python_client() const { return (directory_ / "bootstrap.py").string(); }

 private:
  Runtimes(std::filesystem::path directory, std::string search_path)
      : directory_(std::move(directory)), search_path_(std::move(search_path)) {}
  static Result<std::string> find(std::string_view runtime, std::string_view program, const std::string& found,
                                  std::string_view places);

  std::filesystem::path directory_;
  std::string search_path_;
  std::string node_;
  std::string python_;
};

}  // namespace stepwell::lambda
