#pragma once
// One evaluation of a program: walks its nodes, and holds what lasts as long as the evaluation does: memory, variables,
// the count of steps, and what went wrong.
//
// | file             | what                                                     |
// | ---              | ---                                                      |
// | evaluate.cpp     | the walk over nodes; variables                           |
// | operators.cpp    | arithmetic, comparison, ranges, constructors of arrays   |
// | path.cpp         | paths, names, wildcards                                  |
// | filter.cpp       | predicates                                               |
// | rows.cpp         | paths that bind variables to their steps                 |
// | group.cpp        | objects and grouping                                     |
// | sort.cpp         | order-by                                                 |
// | call.cpp         | calling functions                                        |
// | transform.cpp    | transformation of a copy                                 |
//
// A value that is_failure() is passed up at once; the first failure is what the evaluation reports.

#include "lang/jsonata/expression.h"
#include "lang/jsonata/failure.h"
#include "lang/jsonata/program/program.h"
#include "lang/jsonata/value/budget.h"
#include "lang/jsonata/value/function.h"
#include "lang/jsonata/value/memory.h"
#include "lang/jsonata/value/object.h"
#include "lang/jsonata/value/value.h"

#include <array>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

// Where a function is called, for messages.
struct CallSite {
  std::string_view name;  // empty: the function has none
  std::uint32_t position = 0;
};

// The arguments of a call while they are gathered.
class Arguments {
 public:
  void push(Memory& memory, const Value& value);
  std::span<const Value> values() const { return {large_ != nullptr ? large_ : small_.data(), size_}; }

 private:
  std::array<Value, 4> small_;
  Value* large_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 4;
};

struct Rows;

class Evaluator {
 public:
  // What is made on the way is placed in `scratch`; JSON that is read, which the result shares as it does the input, in
  // `results`.
  Evaluator(const Program& program, const Environment& environment, json::Arena& scratch, json::Arena& results);

  // The value of the program over `input`; a failure is in error().
  Value run(const Value& input);
  const Error& error() const { return *error_; }
  bool has_failed() const { return error_.has_value(); }
  std::uint64_t steps() const { return budget_.used; }

  Value evaluate(const Node& node, const Value& context);
  // Calls a function. The context stands in for arguments that are not given.
  Value apply(const Function& function, std::span<const Value> arguments, const Value& context, const CallSite& site);

  Value fail(Code code, std::uint32_t position, std::initializer_list<std::string_view> arguments = {});
  Value fail(Error error);
  // Counts work that is no step of its own; false when the evaluation has to end.
  bool spend(std::size_t steps) { return budget_.spend(steps); }
  Budget& budget() { return budget_; }
  // Counts going over the parts of a container that is `depth` levels below another one.
  std::expected<void, Code> walk(const Value& container, std::size_t depth) {
    if (depth > kDeepestValue) return std::unexpected(Code::U1001);
    if (!spend(1 + container.size() / 4)) return std::unexpected(Code::U1002);
    if (memory_.is_exceeded()) return std::unexpected(Code::U1003);
    return {};
  }
  // A value as a condition; nullopt: failed.
  std::optional<bool> decide(const Value& value, std::uint32_t position);
  // How two texts are ordered: negative, 0 or positive; nullopt: failed.
  std::optional<int> order(std::string_view a, std::string_view b, std::uint32_t position);
  // Whether two values are deeply equal; nullopt: failed.
  std::optional<bool> compare(const Value& a, const Value& b, std::uint32_t position);

  Memory& memory() { return memory_; }
  json::Arena& results() { return results_; }
  const Environment& environment() const { return environment_; }
  const Program& program() const { return program_; }
  const Value& input() const { return input_; }
  Frame* frame() const { return frame_; }

  // Library functions that need the insides.
  // Evaluates an expression given as text where $eval is called.
  Value evaluate_text(std::string_view text, const Value& context, const CallSite& site);
  // The member of that name of an object, or those of the objects in an array, as a sequence.
  Value name(std::string_view name, const Value& item);
  // A deep copy that can be changed.
  Value clone(const Value& value);

  // Values are collected on a stack that all of an evaluation shares, and become an array when they are all there.
  class Collector {
   public:
    explicit Collector(Evaluator& evaluator) : evaluator_(evaluator), base_(evaluator.collected_.size()) {}
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;
    ~Collector() { evaluator_.collected_.resize(base_); }

    void push(const Value& value) {
      if (evaluator_.collected_.size() < evaluator_.most_collected_) {
        evaluator_.collected_.push_back(value);
      } else {
        evaluator_.memory_.exhaust();
      }
    }
    // The elements of an array, another value itself.
    void spread(const Value& value);
    std::size_t size() const { return evaluator_.collected_.size() - base_; }
    std::span<Value> values() { return std::span(evaluator_.collected_).subspan(base_); }
    Value array();
    Value sequence() { return array().as_sequence(); }

   private:
    Evaluator& evaluator_;
    std::size_t base_;
  };

 private:
  friend class Collector;

  Value dispatch(const Node& node, const Value& context);
  // Goes one level down; false: that is not allowed, see refuse().
  bool enter() {
    ++depth_;
    ++budget_.used;
    return depth_ <= limits_.depth && !budget_.is_exceeded() && !memory_.is_exceeded();
  }
  Value refuse(const Node& node);
  // A sequence of one is that one; an empty one is undefined.
  static Value settle(const Value& value, bool keeps_array) {
    if (!value.is_sequence()) return value;
    if (value.size() == 0) return {};
    if (keeps_array) return value.keeping_singleton();
    return value.size() == 1 && !value.keeps_singleton() ? value.element(0) : value;
  }

  // evaluate.cpp
  const Value* local(const Local& local) const;
  Value read(const Node* node, const Value& context);
  Value global(const Global& global);
  Value bind(const Bind& bind, const Value& context);
  Value block(const Block& block, const Value& context);
  Value condition(const Condition& condition, const Value& context);
  Frame* new_frame(Frame* parent, std::uint32_t size);
  void release(Frame* frame);

  // operators.cpp
  Value negate(const Unary& unary, const Value& context);
  Value arithmetic(const Binary& binary, const Value& context);
  Value comparison(const Binary& binary, const Value& context);
  Value equality(const Binary& binary, const Value& context);
  Value logical(const Binary& binary, const Value& context);
  Value membership(const Binary& binary, const Value& context);
  Value concatenation(const Binary& binary, const Value& context);
  Value range(const Binary& binary, const Value& context);
  Value array(const Array& array, const Value& context);

  // path.cpp
  Value path(const Path& path, const Value& context);
  Value as_list(const Value& context);
  Value plain_path(const Path& path, const Value& context);
  Value step(const Step& step, const Value& current, bool is_many, bool is_last);
  Value step_value(const Step& step, const Value& item);
  Value finish_path(const Path& path, const Value& result);
  Value wildcard(const Value& item);
  Value descendants(const Value& item);

  // filter.cpp
  Value filter(const Filter& filter, const Value& context);
  Value select(const Stage& stage, const Value& input);
  Value select_at(double index, const Value& input);
  Value select_free(const Stage& stage, const Value& input);
  std::optional<bool> selects(const Value& verdict, std::size_t at, std::size_t size, std::uint32_t position);

  // rows.cpp
  Value rows_path(const Path& path, const Value& context);
  Value walk_rows(const Path& path, const Value& context);
  static void number_rows(std::uint32_t column, Rows& rows);
  Rows* first_rows(const Path& path, const Value& current, bool is_many);
  Rows* rows_step(const Path& path, const Step& step, const Rows& rows);
  Rows* select_rows(const Path& path, const Stage& stage, Rows* rows);
  Rows* sort_rows(const Path& path, const Sort& sort, const Rows& rows);
  Value group_rows(const Path& path, const Rows& rows);
  void load(const Path& path, const Value* row);
  Rows* new_rows(std::uint32_t columns);
  void add_row(Rows& rows, const Value* row);

  // group.cpp
  Value object(const Group& group, const Value& context);
  Value grouped(const Group& group, const Value& input);
  Value plain_object(const Group& group, const Value& context);

  // sort.cpp
  Value sort(const Sort& sort, const Value& input);
  class Order;

  // call.cpp
  Value call(const Call& call, const Value& context, const Value* first);
  Value partial(const Call& call, const Value& context);
  Value chain(const Apply& apply, const Value& context);
  Value call_closure(const Closure& closure, std::span<const Value> arguments, const Value& context,
                     const CallSite& site);
  Value call_builtin(const Builtin& builtin, std::span<const Value> arguments, const Value& context,
                     const CallSite& site);
  Value call_partial(const PartialFunction& function, std::span<const Value> arguments, const Value& context,
                     const CallSite& site);
  bool fit(const Signature& signature, std::span<const Value> arguments, const Value& context, const CallSite& site,
           std::vector<Value>& fitted);
  Value lambda(const Lambda& lambda, const Value& context);

  // transform.cpp
  Value transform(const TransformFunction& function, std::span<const Value> arguments, const CallSite& site);
  Value transform_copy(const Transform& transform, const Value& original);
  bool transform_match(const Transform& transform, const Value& match);
  Value copy(const Value& value, std::size_t depth);

  template <typename T>
  T* make() {
    memory_.charge(sizeof(T));
    return memory_.arena().make<T>();
  }

  const Program& program_;
  const Environment& environment_;
  Limits limits_;
  Memory memory_;
  json::Arena& results_;
  Value input_;
  Frame* frame_ = nullptr;
  std::size_t depth_ = 0;
  Budget budget_;
  std::optional<Error> error_;

  std::vector<Value> collected_;
  std::size_t most_collected_;

  struct GlobalState {
    const GlobalName* name;
    Value value;
    bool is_known = false;
  };
  std::vector<GlobalState> globals_;
  std::vector<std::unique_ptr<Program>> programs_;  // of $eval

  static constexpr std::size_t kRecycled = 16;
  std::array<Frame*, kRecycled + 1> free_frames_{};

  // A call in tail position, for call_closure to make.
  const Closure* tail_function_ = nullptr;
  Arguments tail_arguments_;
  Value tail_context_;
  CallSite tail_site_;

  const Scope* eval_scope_ = nullptr;  // where $eval has been called
};

}  // namespace stepwell::jsonata
