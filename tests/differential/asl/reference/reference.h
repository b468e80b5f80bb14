#pragma once
// The reference: an interpreter of the Amazon States Language as its specification reads, for comparison with the
// engine. It walks the JSON of the definition again and again, compiles nothing, stores nothing, and shares nothing
// with lang/asl or engine; paths and JSONata expressions alone are evaluated by the libraries for them.
//
// Files: interpreter.cpp (blocks, states, Retry and Catch), forks.cpp (Parallel and Map), tasks.cpp, jsonpath.cpp and
// jsonata.cpp (fields in the two query languages), choice.cpp, intrinsics.cpp, java.cpp (texts and orders of AWS's
// implementation that users see).

#include "../case.h"
#include "../outcome.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "routine.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::differential {

// When every execution begins, and what it is called: the engine is told the same.
inline constexpr Timestamp kBeginning{Duration{1'700'000'000'000}};
inline constexpr std::string_view kMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
inline constexpr std::string_view kExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
inline constexpr std::string_view kRoleArn = "arn:aws:iam::123456789012:role/r";

class Reference {
 public:
  using Value = json::Value;

  // The definition must be valid.
  static Outcome run(const Case& value);

 private:
  // A state, a task or a Fail state failed (spec §1.7).
  struct Failed {
    std::optional<std::string> error, cause;
    bool framed = false;        // the cause is to be preceded by the state and the id of its Entered event
    bool heartbeat = false;     // a missed heartbeat: States.HeartbeatTimeout names it too
    bool at_work = false;       // the state had begun its work
    bool of_children = false;   // it came from a branch or an iteration, or from opening one
    std::string location = {};  // of an evaluation: the field
  };

  // A thread of control: the top level, a branch, an iteration.
  struct Thread {
    enum class Kind : std::uint8_t { top, branch, iteration };
    Thread* parent = nullptr;
    Kind kind = Kind::top;
    std::uint32_t number = 0;  // by creation
    std::uint32_t index = 0;   // among its siblings
    Value item;                // of an iteration
    std::uint32_t last = 0;    // the event that the next one points at
    std::map<std::string, Value, std::less<>> variables;

    // The visit of a state that is under way.
    std::string state, type;
    std::string map_name;  // of an iteration: its Map
    Value input;
    std::uint32_t entered = 0, before_entered = 0;  // the Entered event and what that points at
    std::int64_t entered_at = 0;
    std::size_t retries = 0;
    bool waiting = false;  // for a timer, a task or children
    bool done = false;
    std::optional<std::pair<std::uint32_t, Value>> selecting;  // the item that ItemSelector is evaluated for
    std::vector<std::unique_ptr<Thread>> children;             // under way
  };

  // How a state is left.
  struct Exit {
    Value output;
    std::optional<std::string> next;
    std::vector<std::pair<std::string, Value>> assigned;
  };

  // Children under way.
  struct Fork {
    Thread& parent;
    const Value& state;
    std::uint32_t count, concurrency;
    std::optional<double> tolerated_count, tolerated_percentage;
    std::vector<Value> items;  // of a Map
    Value input;               // of a Map: its effective input; of a Parallel: what every branch gets
    std::uint32_t opened = 0, running = 0, failed = 0;
    std::vector<Value> outputs;
    std::vector<Routine<bool>> routines;
    std::optional<Failed> failure;
    Gate gate;

    bool is_map() const { return state.find("Branches") == nullptr; }
    // A Map with thresholds fails when it exceeds either, another at the first failure.
    bool tolerates(std::uint32_t failures) const {
      if (!tolerated_count && !tolerated_percentage) return false;
      return (!tolerated_count || failures <= *tolerated_count) &&
             (!tolerated_percentage || failures * 100.0 <= *tolerated_percentage * count);
    }
  };

  explicit Reference(const Case& value) : worker_(value.worker) {}

  // interpreter.cpp
  Outcome execute(const Case& value);
  Routine<bool> top(Value input);
  Routine<Value> block(Thread& thread, const Value& block, Value input);
  Routine<Exit> visit(Thread& thread, std::string name, const Value& state, Value input);
  Routine<Exit> attempt(Thread& thread, const Value& state);
  Routine<Exit> wait(Thread& thread, const Value& state);
  Exit pass(Thread& thread, const Value& state);
  [[noreturn]] void fail_state(Thread& thread, const Value& state);
  void report(Thread& thread, Failed& failure);
  std::optional<std::int64_t> retry_delay(const Value& state, const Failed& failure, std::vector<std::size_t>& used);
  std::optional<Exit> caught(Thread& thread, const Value& state, const Failed& failure);
  static bool takes(const Value& handler, const Failed& failure, std::string_view type);
  std::uint32_t emit(Thread& thread, std::string type, std::vector<std::pair<std::string, std::string>> details);
  std::uint32_t emit_beside(std::uint32_t previous, std::string type,
                            std::vector<std::pair<std::string, std::string>> details);

  // tasks.cpp
  Routine<Exit> task(Thread& thread, const Value& state);
  std::optional<std::int64_t> task_seconds(Thread& thread, const Value& state, std::string field, const Value& input);

  // forks.cpp
  Routine<Exit> parallel(Thread& thread, const Value& state);
  Routine<Exit> map(Thread& thread, const Value& state);
  Routine<Value> run_fork(Fork& fork);
  void open_children(Fork& fork, std::uint32_t previous);
  Routine<bool> child(Fork& fork, Thread& thread, const Value& block, Value input);
  void child_done(Fork& fork, std::uint32_t freed_by);
  void abort_children(Thread& thread, std::uint32_t because);

  // What both query languages have (dispatched by `jsonata`).
  bool is_jsonata(const Value& state) const;
  Value effective_input(Thread& thread, const Value& state);
  Exit leave(Thread& thread, const Value& state, const Value& fields, const Value& result, std::string_view result_name,
             const std::string& place, std::optional<std::string> next);
  std::optional<Value> payload(Thread& thread, const Value& state, std::string field, const Value& input);
  std::optional<double> number(Thread& thread, const Value& state, std::string field, const Value& input, bool whole);
  [[noreturn]] void refuse(const Value& state, const std::string& field, std::string cause);
  Value items_of(Thread& thread, const Value& state, const Value& input);
  std::int64_t wake_up(Thread& thread, const Value& state, const Value& input);
  bool rule_holds(Thread& thread, const Value& state, const Value& rule, std::size_t index, const Value& input);
  std::optional<std::string> fail_text(Thread& thread, const Value& state, std::string field);
  Exit choice(Thread& thread, const Value& state);

  // jsonpath.cpp: an expression is a path, a context path, a variable or an intrinsic call.
  Value evaluate(Thread& thread, std::string_view text, const Value& data);
  enum class PastEnd : std::uint8_t { nothing, null };
  std::optional<Value> find(Thread& thread, std::string_view text, const Value& data, PastEnd past_end);
  Value evaluate_field(Thread& thread, std::string_view text, const Value& data, std::string_view field);
  Value payload_template(Thread& thread, const Value& body, const Value& data);
  Value path_filter(Thread& thread, const Value& state, std::string_view field, const Value& data);
  static Failed conflict(std::string_view path, const Value& input);
  Value put_at_result_path(const Value& fields, const Value& input, const Value& result);

  // intrinsics.cpp
  Value call_intrinsic(Thread& thread, std::string_view text, const Value& data);
  class Call;

  // choice.cpp
  bool condition(Thread& thread, const Value& rule, const Value& input);
  bool compare(Thread& thread, std::string_view name, const Value& variable, const Value& operand);

  // jsonata.cpp
  Value jsonata(Thread& thread, std::string_view expression, const std::string& location, const Value* result,
                std::string_view result_name);
  Value jsonata_template(Thread& thread, const Value& body, const std::string& location, const Value* result,
                         std::string_view result_name);
  std::optional<Value> jsonata_scalar(Thread& thread, const Value& state, const std::string& field, json::Kind kind);

  // Names in reach.
  Value context(Thread& thread);
  const Value* variable(const Thread& thread, std::string_view name) const;
  static Failed runtime_failure(std::string cause);
  static Failed query_failure(std::string cause, std::string location);

  Value parse_text(const std::string& text);
  Value text(std::string_view value) { return Value::string(arena_.copy(value)); }

  json::Arena arena_;
  Agenda agenda_;
  Worker worker_;
  Value definition_;
  Value execution_input_;
  std::string input_text_;
  Thread top_;
  std::uint32_t threads_ = 1;
  Outcome outcome_;
};

}  // namespace stepwell::differential
