#pragma once
// The seam between states and query languages (spec §1.4, §1.9). A state asks its language, once, for the compiled form
// of its fields and then works with these interfaces alone; a new language is one more implementation of Language.

#include "lang/asl/machine.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::asl {

// What frames a state's work: which input it sees, which output and variables it leaves.
class DataFlow {
 public:
  virtual ~DataFlow() = default;
  // The effective input. Unchanged input stays the same tree.
  virtual Evaluated<json::Value> input(Activation& activation) const = 0;
  // `result` is what the Outcome says, of which the flow was compiled.
  virtual Evaluated<Exit> exit(Activation& activation, const json::Value& result, const State* next) const = 0;
};

// A field that shapes a payload: Parameters, Arguments, ItemSelector.
class Payload {
 public:
  virtual ~Payload() = default;
  virtual Evaluated<json::Value> evaluate(Activation& activation, const json::Value& input) const = 0;
  // The failure of a value that the state cannot use.
  virtual Failure refuse(std::string cause) const = 0;
};

// A scalar field that is given outright or worked out at run time: "TimeoutSeconds", "TimeoutSecondsPath".
class Setting {
 public:
  virtual ~Setting() = default;
  virtual Evaluated<std::int64_t> integer(Activation& activation, const json::Value& input) const = 0;
  virtual Evaluated<double> number(Activation& activation, const json::Value& input) const = 0;
  // The view lives as long as the activation's arena or the machine.
  virtual Evaluated<std::string_view> text(Activation& activation, const json::Value& input) const = 0;
  // The failure of a value that the state cannot use.
  virtual Failure refuse(std::string cause) const = 0;
};

// What decides a rule of a Choice state.
class Condition {
 public:
  virtual ~Condition() = default;
  virtual Evaluated<bool> holds(Activation& activation, const json::Value& input) const = 0;
};

// When a Wait state goes on.
class WakeUp {
 public:
  virtual ~WakeUp() = default;
  virtual Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const = 0;
};

// What a Map state works on.
class Items {
 public:
  virtual ~Items() = default;
  // An array.
  virtual Evaluated<json::Value> items(Activation& activation, const json::Value& input) const = 0;
};

// What a state is left with.
enum class Outcome : std::uint8_t {
  input,         // it does no work: its effective input
  result,        // of a task, of branches, of iterations
  error_output,  // of the failure that a catcher takes
};

// One way out of a state: the fields Assign and Output of the state itself, of a rule of a Choice, or of a catcher.
struct ExitPoint {
  const json::Value& fields;
  Outcome outcome;
  std::string place = {};  // of the fields in the state, for failures: "", "Choices[1]/", "Catch[0]/"
};

// Compiles fields of states. What is absent from a definition is nullptr; errors are "InvalidExpression" or
// "InvalidDefinition". What is compiled refers to the definition, which lives as long as the machine.
class Language {
 public:
  virtual ~Language() = default;
  // `state` holds the fields that frame input and output.
  virtual Result<std::unique_ptr<DataFlow>> data_flow(const json::Value& state, const ExitPoint& exit) const = 0;
  // Parameters or Arguments.
  virtual Result<std::unique_ptr<Payload>> arguments(const json::Value& state) const = 0;
  virtual Result<std::unique_ptr<Payload>> payload(const json::Value& state, std::string_view field) const = 0;
  virtual Result<std::unique_ptr<Setting>> setting(const json::Value& state, std::string_view field) const = 0;
  // `place` of the rule: "Choices[1]/".
  virtual Result<std::unique_ptr<Condition>> condition(const json::Value& rule, std::string_view place) const = 0;
  // Never nullptr.
  virtual Result<std::unique_ptr<WakeUp>> wake_up(const json::Value& state) const = 0;
  virtual Result<std::unique_ptr<Items>> items(const json::Value& state) const = 0;
};

// Names of variables, in any order and with repetitions; the views live as long as the expressions that hold the names.
using VariableNames = std::vector<std::string_view>;

// What a language needs in order to compile, and where it leaves what it finds out.
struct CompileContext {
  json::Arena& arena;        // of the machine
  VariableNames& variables;  // that are read: every expression adds its own
};

std::unique_ptr<const Language> make_language(QueryLanguage language, CompileContext context);

}  // namespace stepwell::asl
