#pragma once
// The seam between states and query languages (spec §1.4, §1.9). A state asks its language, once, for the compiled form
// of its fields and then works with these interfaces alone; a new language is one more implementation of Language.

#include "lang/asl/machine.h"

#include <memory>
#include <string_view>

namespace stepwell::asl {

// What frames a state's work: which input it sees, which output and variables it leaves.
class DataFlow {
 public:
  virtual ~DataFlow() = default;
  // The effective input. Unchanged input stays the same tree.
  virtual Evaluated<json::Value> input(Activation& activation) const = 0;
  // `result` is what the work gave, or in a catcher the error output.
  virtual Evaluated<Exit> exit(Activation& activation, const json::Value& result, const State* next) const = 0;
};

// A field that shapes a payload: Parameters, Arguments, ItemSelector.
class Payload {
 public:
  virtual ~Payload() = default;
  virtual Evaluated<json::Value> evaluate(Activation& activation, const json::Value& input) const = 0;
};

// A scalar field that is given outright or worked out at run time: "TimeoutSeconds", "TimeoutSecondsPath".
class Setting {
 public:
  virtual ~Setting() = default;
  virtual Evaluated<std::int64_t> integer(Activation& activation, const json::Value& input) const = 0;
  virtual Evaluated<double> number(Activation& activation, const json::Value& input) const = 0;
  // The view lives as long as the activation's arena or the machine.
  virtual Evaluated<std::string_view> text(Activation& activation, const json::Value& input) const = 0;
};

// What decides a rule of a Choice state.
class Condition {
 public:
  virtual ~Condition() = default;
  virtual Evaluated<bool> holds(Activation& activation, const json::Value& input) const = 0;
};

// Compiles fields. What is absent from a definition is nullptr; errors are "InvalidExpression" or "InvalidDefinition".
class Language {
 public:
  virtual ~Language() = default;
  // `state` holds the fields that frame input and output; `exit` what is done on leaving (Assign, Output): the state
  // itself, or a rule of a Choice.
  virtual Result<std::unique_ptr<DataFlow>> data_flow(json::Arena& arena, const json::Value& state,
                                                      const json::Value& exit) const = 0;
  // Parameters or Arguments.
  virtual Result<std::unique_ptr<Payload>> arguments(const json::Value& state) const = 0;
  virtual Result<std::unique_ptr<Payload>> payload(const json::Value& state, std::string_view field) const = 0;
  virtual Result<std::unique_ptr<Setting>> setting(const json::Value& state, std::string_view field) const = 0;
  virtual Result<std::unique_ptr<Condition>> condition(const json::Value& rule) const = 0;
};

// nullptr: not available.
const Language* find_language(QueryLanguage language);

}  // namespace stepwell::asl
