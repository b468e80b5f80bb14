// { $.a.b[0] = "x*" && ($.n > 3 || $.c NOT EXISTS) }: a JSON message whose members are so.
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/logs/filter/condition.h"

#include <algorithm>
#include <charconv>

namespace stepwell::logs {
namespace {

// One step of a selector: a name, an index, or either for all (*).
struct Step {
  std::string name;
  std::optional<std::size_t> index;
  bool is_all = false;
};

enum class Question { compares, exists, does_not_exist, is_null, is_true, is_false };

struct Demand {
  std::vector<Step> selector;
  Question question = Question::compares;
  Comparison comparison = Comparison::equal;
  Wanted wanted;
};

Step read_index(Scanner& scanner) {
  Step step;
  const std::string_view text = scanner.word("]");
  std::size_t index = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
  if (text == "*")
    step.is_all = true;
  else if (read.ec == std::errc{} && read.ptr == text.data() + text.size())
    step.index = index;
  else
    scanner.fail("an index");
  scanner.require("]");
  return step;
}

std::vector<Step> read_selector(Scanner& scanner) {
  std::vector<Step> steps;
  scanner.require("$");
  while (!scanner.failed()) {
    if (scanner.take("[")) {
      steps.push_back(read_index(scanner));
    } else if (scanner.take(".")) {
      Step step;
      if (scanner.peek() == '"')
        step.name = scanner.quoted('"');
      else
        step.name = scanner.word(".[=!<>&|()}");
      step.is_all = step.name == "*";
      steps.push_back(std::move(step));
    } else {
      return steps;
    }
  }
  return steps;
}

Demand read_demand(Scanner& scanner) {
  static constexpr std::pair<std::string_view, Question> questions[] = {{"IS NULL", Question::is_null},
                                                                        {"IS TRUE", Question::is_true},
                                                                        {"IS FALSE", Question::is_false},
                                                                        {"NOT EXISTS", Question::does_not_exist},
                                                                        {"EXISTS", Question::exists}};
  Demand demand;
  demand.selector = read_selector(scanner);
  scanner.skip_spaces();
  for (const auto& [words, question] : questions) {
    if (scanner.take(words)) {
      demand.question = question;
      return demand;
    }
  }
  const auto comparison = read_comparison(scanner);
  if (!comparison) scanner.fail("a comparison, IS NULL, IS TRUE, IS FALSE, EXISTS or NOT EXISTS");
  demand.comparison = comparison.value_or(Comparison::equal);
  scanner.skip_spaces();
  demand.wanted = Wanted::read(scanner, "&|()}");
  return demand;
}
using Demands = Joined<Demand, Demand (*)(Scanner&)>;

// Calls `visit` with each value that the selector finds, until it says true.
template <typename Visit>
bool any_selected(const json::Value& value, std::span<const Step> steps, const Visit& visit) {
  if (steps.empty()) return visit(value);
  const Step& step = steps.front();
  const auto rest = steps.subspan(1);
  const auto inner = [&](const json::Value& element) { return any_selected(element, rest, visit); };
  if (step.is_all) {
    if (value.is_array()) return std::ranges::any_of(value.elements(), inner);
    if (value.is_object()) {
      return std::ranges::any_of(value.members(), [&](const json::Member& member) { return inner(member.value); });
    }
    return false;
  }
  if (step.index) return value.is_array() && *step.index < value.size() && inner(value.elements()[*step.index]);
  const json::Value* member = value.find(step.name);
  return member != nullptr && inner(*member);
}

bool value_compares(const json::Value& value, const Demand& demand) {
  if (value.is_string()) return compare(value.as_string(), demand.comparison, demand.wanted);
  if (value.is_number()) return compare(value.lexeme(), demand.comparison, demand.wanted);
  return value.is_boolean() && compare(json::print(value), demand.comparison, demand.wanted);
}

bool holds_of(const json::Value& message, const Demand& demand) {
  const auto any = [&](const auto& visit) { return any_selected(message, demand.selector, visit); };
  switch (demand.question) {
    case Question::compares: return any([&](const json::Value& value) { return value_compares(value, demand); });
    case Question::exists: return any([](const json::Value&) { return true; });
    case Question::does_not_exist: return !any([](const json::Value&) { return true; });
    case Question::is_null: return any([](const json::Value& value) { return value.is_null(); });
    case Question::is_true:
      return any([](const json::Value& value) { return value.is_boolean() && value.as_boolean(); });
    case Question::is_false:
      return any([](const json::Value& value) { return value.is_boolean() && !value.as_boolean(); });
  }
  return false;
}

class Members final : public Condition {
 public:
  bool holds(std::string_view message) const override {
    if (!message.contains('{')) return false;
    json::Arena arena;
    const auto value = json::parse(arena, message);
    return value && value->is_object() && demands.holds([&](const Demand& demand) { return holds_of(*value, demand); });
  }

  Demands::Tree demands;
};

}  // namespace

ConditionPtr compile_members(Scanner& scanner) {
  auto members = std::make_unique<Members>();
  scanner.require("{");
  members->demands = Demands::read(scanner, read_demand);
  scanner.skip_spaces();
  scanner.require("}");
  return members;
}

}  // namespace stepwell::logs
