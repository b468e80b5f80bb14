#pragma once
// Evaluation of a compiled path.

#include "base/budget.h"
#include "lang/jsonpath/program.h"
#include "lang/jsonpath/trail.h"

#include <cstdint>
#include <vector>

namespace stepwell::jsonpath {

// Whether errors carry their text. A filter only asks what kind of error it is.
enum class Messages : std::uint8_t { made, omitted };

// Spends a step of the budget for each value that is looked at.
std::expected<json::Value, EvaluationError> evaluate_program(json::Arena& arena, const Program& program,
                                                             const json::Value& root, Budget& budget,
                                                             Messages messages);

// The general evaluation, step by step, which also makes the failure texts.
class Walker {
 public:
  Walker(json::Arena& arena, const Program& program, const json::Value& root, Budget& budget, Messages messages)
      : arena_(arena), program_(program), root_(root), budget_(budget), messages_(messages) {}

  std::expected<json::Value, EvaluationError> run();

 private:
  // How far a step came. An array's wildcard passes over what is not found; everything else ends the evaluation.
  enum class Outcome : std::uint8_t { done, not_found, failed };
  using Value = json::Value;

  static constexpr std::size_t max_depth = 2'000;  // nested steps and values: bounds the stack

  Outcome apply(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_step(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_name(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_names(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_indexes(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_slice(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_wildcard(std::size_t at, const Value& model, const Trail& trail);
  Outcome apply_filter(std::size_t at, const Value& model, const Trail& trail);
  // The next step on the element, or on null where the array has none there.
  Outcome apply_element(std::size_t at, const Value& array, std::int64_t index, const Trail& trail);

  // Looks for places in and below `model` where the step at `at` applies.
  Outcome scan(std::size_t at, const Value& model, const Trail& trail);
  Outcome scan_object(std::size_t at, const Value& model, const Trail& trail);
  Outcome scan_array(std::size_t at, const Value& model, const Trail& trail);
  bool applies(std::size_t at, const Value& model);

  Outcome not_object(std::size_t at, const Trail& trail);
  Outcome too_much();
  Outcome not_array(std::size_t at, const Value& model, const Trail& trail);
  bool accepts(const Step& step, const Value& item);
  Outcome outcome() const { return failed_ ? Outcome::failed : Outcome::done; }
  bool is_last(std::size_t at) const { return at + 1 == program_.steps.size(); }
  // The bracketed form of a step and all behind it.
  std::string rest_to_text(std::size_t at) const;

  template <typename Message>
  Outcome not_found(Message message);
  Outcome fail(EvaluationError::Kind kind, std::string message = {});

  json::Arena& arena_;
  const Program& program_;
  const Value& root_;
  Budget& budget_;
  Messages messages_;
  std::vector<Value> results_;
  EvaluationError error_{};
  bool failed_ = false;
  int array_wildcards_ = 0;  // how many are being applied
  std::size_t depth_ = 0;
};

}  // namespace stepwell::jsonpath
