// Order-by: items in the order of what the terms yield for them.
#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/evaluate/merge_sort.h"
#include "lang/jsonata/evaluate/rows.h"
#include "lang/jsonata/value/stringify.h"

#include <functional>
#include <numeric>

namespace stepwell::jsonata {

// Compares items by their places. What a term yields for an item is found out once, when it is first needed.
class Evaluator::Order {
 public:
  // `key(term, place)` evaluates.
  Order(Evaluator& evaluator, const Sort& sort, std::size_t size, std::function<Value(const Node&, std::size_t)> key)
      : evaluator_(evaluator), sort_(sort), key_(std::move(key)), keys_(size * sort.terms.size(), Value::unbound()) {}

  std::optional<bool> operator()(std::size_t a, std::size_t b) {
    for (std::size_t term = 0; term < sort_.terms.size(); ++term) {
      const Value& left = key(term, a);
      if (left.is_failure()) return std::nullopt;
      const Value& right = key(term, b);
      if (right.is_failure()) return std::nullopt;
      // What is undefined goes to the end.
      if (left.is_undefined() && right.is_undefined()) continue;
      if (left.is_undefined() || right.is_undefined()) return left.is_undefined();
      const auto order = compare(left, right);
      if (!order) return std::nullopt;
      if (*order != 0) return (*order > 0) != sort_.terms[term].descending;
    }
    return false;
  }

 private:
  const Value& key(std::size_t term, std::size_t place) {
    Value& known = keys_[place * sort_.terms.size() + term];
    if (known.is_unbound()) known = key_(*sort_.terms[term].node, place);
    return known;
  }

  std::optional<int> compare(const Value& a, const Value& b) {
    const auto is_sortable = [](const Value& value) { return value.is_number() || value.is_string(); };
    if (!is_sortable(a) || !is_sortable(b)) {
      evaluator_.fail(Code::T2008, sort_.position);
      return std::nullopt;
    }
    if (a.type() != b.type()) {
      evaluator_.fail(Code::T2007, sort_.position, {shown(a), shown(b)});
      return std::nullopt;
    }
    if (a.is_string()) return evaluator_.order(a.as_string(), b.as_string(), sort_.position);
    const double left = a.as_number();
    const double right = b.as_number();
    return left == right ? 0 : left < right ? -1 : 1;
  }

  Evaluator& evaluator_;
  const Sort& sort_;
  std::function<Value(const Node&, std::size_t)> key_;
  std::vector<Value> keys_;
};

Value Evaluator::sort(const Sort& sort, const Value& input) {
  if (!input.is_array() || input.size() < 2) return input.is_array() ? input.as_plain().as_sequence() : input;
  std::vector<std::size_t> places(input.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  Order order(*this, sort, places.size(),
              [&](const Node& term, std::size_t place) { return evaluate(term, input.element(place)); });
  if (!merge_sort(places, std::ref(order))) return Value::failure();
  Collector sorted(*this);
  for (const std::size_t place : places) sorted.push(input.element(place));
  return sorted.sequence();
}

Rows* Evaluator::sort_rows(const Path& path, const Sort& sort, const Rows& rows) {
  std::vector<std::size_t> places(rows.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  Order order(*this, sort, places.size(), [&](const Node& term, std::size_t place) {
    load(path, rows.row(place));
    return evaluate(term, rows.row(place)[0]);
  });
  if (!merge_sort(places, std::ref(order))) return nullptr;
  Rows* const sorted = new_rows(rows.width - 1);
  for (const std::size_t place : places) add_row(*sorted, rows.row(place));
  return sorted;
}

}  // namespace stepwell::jsonata
