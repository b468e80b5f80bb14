#pragma once
// A compiled expression.

#include "lang/json/arena.h"
#include "lang/jsonata/expression.h"
#include "lang/jsonata/program/node.h"
#include "lang/jsonata/program/scope.h"
#include "lang/jsonata/program/signature.h"
#include "lang/jsonata/text/pattern.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct GlobalName {
  std::string name;
  const Builtin* builtin;  // what it means where it is not bound; may be nullptr
};

struct Program {
  std::string text;
  Dialect dialect = Dialect::standard;
  json::Arena arena;
  const Node* root = nullptr;
  FrameLayout frame;
  std::uint32_t first_global = 0;  // the number of globals[0]
  std::vector<GlobalName> globals;
  std::vector<Reference> references;
  std::vector<std::unique_ptr<Scope>> scopes;
  std::vector<std::unique_ptr<FrameLayout>> layouts;
  std::vector<std::unique_ptr<Signature>> signatures;
  std::vector<std::unique_ptr<Pattern>> patterns;
};

// `outer`: where an expression given to $eval stands; the names in reach there are. Otherwise nullptr.
std::expected<std::unique_ptr<Program>, Error> compile_program(std::string_view text, Dialect dialect,
                                                               const Scope* outer = nullptr,
                                                               std::uint32_t first_global = 0);

}  // namespace stepwell::jsonata
