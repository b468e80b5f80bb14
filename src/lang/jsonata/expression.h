#pragma once
// JSONata 2.0: a query and transformation language for JSON, with the additions and removals that AWS Step Functions makes
// (spec §1.9). Compiled once, evaluated many times; evaluation shares the input's values and is bounded in depth, memory and
// steps. The semantics are those of the reference implementation; its error codes (S0xxx at compile time, T/D at run time)
// and message texts are kept.

#include "base/ports.h"
#include "base/time.h"
#include "lang/json/value.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct Error {
  std::string code;          // "S0201", "T2001", "D3030"; AWS's bounds have codes of their own, see Limits
  std::string message;       // as the reference implementation words it
  std::size_t position = 0;  // byte in the expression behind the token at fault
};

enum class Dialect : std::uint8_t {
  standard,  // the reference implementation, $eval included
  aws,       // without $eval; with $partition, $range, $hash, $random, $uuid, $parse
};

// Bounds of one evaluation. Beyond them it ends with an Error: "D1001" memory, "U1001" depth, "U1002" time (steps).
struct Limits {
  std::size_t memory_bytes = 32U << 20U;
  std::size_t depth = 500;
  std::uint64_t steps = 50'000'000;
};

// Values for variables: `$states`, and what Assign has set. Asked by name (without '$'); nullopt: not bound.
class Bindings {
 public:
  virtual ~Bindings() = default;
  virtual std::optional<json::Value> find(std::string_view name) const = 0;
};

struct Environment {
  const Bindings* bindings = nullptr;  // may be nullptr
  Timestamp now{};                     // $now(), $millis(): fixed for one evaluation
  Random* random = nullptr;            // $random(), $uuid(), $shuffle(); never nullptr
  Limits limits;
};

// Something an expression reads, found without evaluating it: for diagnostics and variableReferences.
struct Reference {
  enum class Kind : std::uint8_t {
    variable,  // $name, not bound inside the expression
    field,     // a name at the top level, or $ / $$: reads the input document, which AWS does not allow
  };
  Kind kind = Kind::variable;
  std::string name;
  std::size_t position = 0;
};

class Expression {
 public:
  static std::expected<Expression, Error> compile(std::string_view text, Dialect dialect);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  const std::string& text() const;
  // Free variables and top-level references, in order of their place, each once.
  const std::vector<Reference>& references() const;

  // nullopt: the result is undefined. A result that holds a function is an Error in the aws dialect and prints as "" in the
  // standard one (as JSON.stringify drops it). Numbers come out in the shortest form; non-finite numbers as AWS writes them.
  // `input` is `$` (Value null with has_input false: undefined, as in Step Functions).
  std::expected<std::optional<json::Value>, Error> evaluate(json::Arena& arena, const std::optional<json::Value>& input,
                                                            const Environment& environment) const;

 private:
  struct Program;
  explicit Expression(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace stepwell::jsonata
