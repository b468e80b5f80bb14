#pragma once
// Tables of expressions, inputs and what comes of them.

#include "base/ports.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/jsonata/expression.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace stepwell::jsonata {

class MapBindings final : public Bindings {
 public:
  explicit MapBindings(std::map<std::string, json::Value, std::less<>> values) : values_(std::move(values)) {}
  std::optional<json::Value> find(std::string_view name) const override {
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, json::Value, std::less<>> values_;
};

// How a table is evaluated.
struct Setting {
  Dialect dialect = Dialect::standard;
  Limits limits{};
  const Bindings* bindings = nullptr;
};

inline constexpr Timestamp kNow{std::chrono::milliseconds(1'700'000'000'000)};

inline std::string shown(const Error& error) { return error.code + " at " + std::to_string(error.position); }

// The result as JSON, "undefined", or the error as "T2001 at 5". Without a document the input is undefined.
inline std::string evaluated(std::string_view expression, std::string_view document, const Setting& setting = {}) {
  const auto compiled = Expression::compile(expression, setting.dialect);
  if (!compiled) return shown(compiled.error());
  json::Arena arena;
  std::optional<json::Value> input;
  if (!document.empty()) input = json::parse_copy(arena, document).value();
  SeededRandom random(1);
  const auto result = compiled->evaluate(
      arena, input, {.bindings = setting.bindings, .now = kNow, .random = &random, .limits = setting.limits});
  if (!result) return shown(result.error());
  return *result ? json::print(**result) : "undefined";
}

struct Row {
  std::string_view expression;
  std::string_view expected;
};

inline void expect_rows(std::string_view document, std::initializer_list<Row> rows, const Setting& setting = {}) {
  for (const Row& row : rows) EXPECT_EQ(evaluated(row.expression, document, setting), row.expected) << row.expression;
}

}  // namespace stepwell::jsonata
