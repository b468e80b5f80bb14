#pragma once
// What the tables of validation tests share: definitions in short, and diagnostics as lines.
#include "lang/asl/validation/validate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::asl {

// One state of that name and these fields, in a machine that starts there.
inline std::string one_state(std::string_view fields, std::string_view machine_fields = "") {
  return fmt::format(R"({{"StartAt":"A",{}"States":{{"A":{{{}}}}}}})", machine_fields, fields);
}
inline std::string one_jsonata_state(std::string_view fields) {
  return one_state(fields, R"("QueryLanguage":"JSONata",)");
}

// "CODE: message at location", a line each; warnings begin with "warning ".
inline std::string lines_of(const std::vector<Diagnostic>& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!lines.empty()) lines += '\n';
    lines += fmt::format("{}{}: {} at {}", diagnostic.severity == Severity::warning ? "warning " : "", diagnostic.code,
                         diagnostic.message, diagnostic.location.value_or("null"));
  }
  return lines;
}

struct Definition {
  const char* name;
  std::string text;
  std::string diagnostics;
  MachineType type = MachineType::standard;
};

inline std::string name_of(const testing::TestParamInfo<Definition>& info) { return info.param.name; }

}  // namespace stepwell::asl
