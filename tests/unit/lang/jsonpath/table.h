#pragma once
// Tables of paths, documents and what comes of them.

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/jsonpath/path.h"

#include <initializer_list>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace stepwell::jsonpath {

inline json::Value document_of(json::Arena& arena, std::string_view text) {
  auto value = json::parse_copy(arena, text);
  EXPECT_TRUE(value) << text;
  return value.value_or(json::Value());
}

// The result as JSON, or the error's text behind its kind: "not_found: …".
inline std::string evaluated(std::string_view path, std::string_view document) {
  json::Arena arena;
  const auto compiled = Path::compile(path);
  if (!compiled) return "does not compile: " + compiled.error().message;
  const auto result = compiled->evaluate(arena, document_of(arena, document));
  if (result) return json::print(*result);
  switch (result.error().kind) {
    case EvaluationError::Kind::not_found: return "not_found: " + result.error().message;
    case EvaluationError::Kind::index_out_of_range: return "index_out_of_range: " + result.error().message;
    case EvaluationError::Kind::invalid: return "invalid: " + result.error().message;
    case EvaluationError::Kind::limit: return "limit: " + result.error().message;
  }
  return {};
}

struct Row {
  std::string_view path;
  std::string_view document;
  std::string_view expected;
};

inline void expect_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(evaluated(row.path, row.document), row.expected) << row.path << " on " << row.document;
  }
}

// Paths on one document.
struct PathRow {
  std::string_view path;
  std::string_view expected;
};

inline void expect_rows(std::string_view document, std::initializer_list<PathRow> rows) {
  for (const PathRow& row : rows) EXPECT_EQ(evaluated(row.path, document), row.expected) << row.path;
}

}  // namespace stepwell::jsonpath
