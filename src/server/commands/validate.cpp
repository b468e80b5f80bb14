// stepwell validate: AWS's diagnostics for definitions, with file, line and column. Exit code 1 when one has an error.

#include "lang/asl/validation/validate.h"

#include "lang/asl/validation/report.h"
#include "server/commands/commands.h"
#include "server/files.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace stepwell::server {

int validate(const ValidateOptions& options) {
  const auto type = options.type == "EXPRESS" ? asl::MachineType::express : asl::MachineType::standard;
  bool valid = true;
  for (const std::string& file : options.files) {
    const auto definition = read_file(file);
    if (!definition) {
      fmt::print(stderr, "{}\n", definition.error().message);
      return 2;
    }
    const auto diagnostics = asl::validate(*definition, type);
    const bool failed = std::ranges::any_of(
        diagnostics, [](const asl::Diagnostic& diagnostic) { return diagnostic.severity == asl::Severity::error; });
    valid = valid && !failed;
    fmt::print("{}", asl::report(file, *definition, diagnostics));
    if (diagnostics.empty()) fmt::print("{}: OK\n", file);
  }
  return valid ? 0 : 1;
}

}  // namespace stepwell::server
