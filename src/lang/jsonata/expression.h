#pragma once
// JSONata 2.0: a query and transformation language for JSON, with the additions and removals that AWS Step Functions
// makes (spec §1.9). Compiled once, evaluated many times; evaluation shares the input's values and is bounded in depth,
// memory and steps. The semantics are those of the reference implementation; its error codes (S0xxx at compile time,
// T/D at run time) and message texts are kept.

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
  std::string code;          // "S0201", "T2001", "D3030"; the bounds have codes of their own, see Limits
  std::string message;       // as the reference implementation words it
  std::size_t position = 0;  // byte in the expression behind the token at fault
};

enum class Dialect : std::uint8_t {
  standard,  // the reference implementation, $eval included
  aws,       // without $eval; with $partition, $range, $hash, $random, $uuid, $parse
};

// Bounds of one evaluation, as AWS has them. Beyond them it ends with an Error: U1001 depth, U1002 time (steps), U1003
// memory; a result that is no JSON is U1004. These codes are not AWS's: it shows the messages alone.
struct Limits {
  std::size_t memory_bytes = std::size_t{20} << 20U;  // counted as value/memory.h says
  std::size_t depth = 100;                            // of nested expressions; at most 1000
  std::uint64_t steps = 25'000'000;                   // about half a second; see value/budget.h
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
  std::uint64_t* steps = nullptr;  // where not nullptr: gets how many the evaluation took
};

// Something an expression reads, found without evaluating it: for diagnostics and variableReferences.
struct Reference {
  enum class Kind : std::uint8_t {
    variable,  // $name, not bound inside the expression and no function of the library
    field,     // a name at the top level, or $ / $$: reads the input document, which AWS does not allow
  };
  Kind kind = Kind::variable;
  std::string name;          // without '$' of a variable
  std::string member;        // of $states.input: "input"; empty where no name follows
  std::size_t position = 0;  // byte behind it
};

struct Program;

class Expression {
 public:
  // `text` is valid UTF-8, as every string of a JSON document is.
  static std::expected<Expression, Error> compile(std::string_view text, Dialect dialect);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  const std::string& text() const;
  // Free variables and top-level references, in order of their place, each once (a variable once for each member).
  const std::vector<Reference>& references() const;

  // nullopt: the result is undefined. Parts of the result are shared with the input and the bindings, the others are in
  // `arena`. Numbers that were calculated have the shortest form.
  // In the aws dialect, numbers that are not finite are strings ("Infinity") and a result that holds a function is an
  // Error; in the standard one they are null, and functions are left out or null, as JSON.stringify has it.
  // `input` is `$`; without one it is undefined, as in Step Functions.
  std::expected<std::optional<json::Value>, Error> evaluate(json::Arena& arena, const std::optional<json::Value>& input,
                                                            const Environment& environment) const;

 private:
  explicit Expression(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace stepwell::jsonata
