// Every expression of a JSONata state must be one, and must read only what AWS lets it read: variables, and of $states
// the members that there are where it stands. There is no input document besides.
#include "lang/asl/data_flow/jsonata_expression.h"
#include "lang/asl/validation/rule.h"
#include "lang/jsonata/expression.h"

namespace stepwell::asl::validation {
namespace {

using Path = std::array<std::string_view, 3>;

// The fields that take expressions, with where in them expressions stand where that is not everywhere.
constexpr auto fields = std::to_array<Path>({
    {"Items"},
    {"ItemReader", "Arguments"},
    {"ItemReader", "ReaderConfig", "MaxItems"},
    {"ItemSelector"},
    {"ItemBatcher"},
    {"ResultWriter", "Arguments"},
    {"MaxConcurrency"},
    {"ToleratedFailureCount"},
    {"ToleratedFailurePercentage"},
    {"Seconds"},
    {"Timestamp"},
    {"Credentials"},
    {"TimeoutSeconds"},
    {"HeartbeatSeconds"},
    {"Arguments"},
    {"Error"},
    {"Cause"},
});

// Where a state is left.
constexpr auto exits = std::to_array<std::string_view>({"Assign", "Output"});

class Checker {
 public:
  Checker(Outcome outcome, Findings& findings) : outcome_(outcome), findings_(findings) {}

  void check(const json::Value& value, const Place& place) const {
    if (findings_.is_full()) return;
    if (value.is_string()) {
      if (const auto text = jsonata_expression_in(value.as_string())) check_expression(*text, place);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) check(value.elements()[i], place[i]);
    } else if (value.is_object()) {
      for (const json::Member& member : value.members()) check(member.value, place / member.key);
    }
  }

  void check_field(const json::Value& owner, std::string_view field, const Place& place) const {
    if (const json::Value* value = owner.find(field)) check(*value, place / field);
  }

 private:
  void check_expression(std::string_view text, const Place& place) const {
    const auto expression = jsonata::Expression::compile(text, jsonata::Dialect::aws);
    if (!expression) {
      findings_.error("INVALID_JSONATA_EXPRESSION", place, expression.error().message);
      return;
    }
    for (const jsonata::Reference& reference : expression->references()) {
      if (reference.kind == jsonata::Reference::Kind::field) {
        report_reference(reference.name, place);
      } else if (reference.name == "states" && !is_there(reference.member)) {
        findings_
            .error("UNSUPPORTED_JSONATA_EXPRESSION", place,
                   fmt::format("Field '$states.{}' does not exist.", reference.member))
            .hint = hint_for(reference.member);
      }
    }
  }

  void report_reference(std::string_view name, const Place& place) const {
    const bool is_root = name == "$$";
    findings_
        .error("UNSUPPORTED_JSONATA_EXPRESSION", place,
               fmt::format("Reference to '{}'{} is not supported.", name, is_root ? "" : " at the top level"))
        .hint = name.starts_with('$')
                    ? "the state's input is $states.input"
                    : fmt::format("a variable is ${0}, a member of the state's input $states.input.{0}", name);
  }

  bool is_there(std::string_view member) const {
    if (member.empty() || member == "input" || member == "context") return true;
    if (member == "result") return outcome_ == Outcome::result;
    return member == "errorOutput" && outcome_ == Outcome::error_output;
  }

  static std::string hint_for(std::string_view member) {
    if (member == "result") return "there is a result in Assign and Output of Task, Parallel and Map states";
    if (member == "errorOutput") return "there is an error output in Assign and Output of catchers";
    return "$states has input, context, result and errorOutput";
  }

  Outcome outcome_;
  Findings& findings_;
};

void check_path(const Checker& checker, const json::Value& owner, std::span<const std::string_view> path,
                const Place& place) {
  const json::Value* value = owner.find(path.front());
  if (value == nullptr) return;
  const Place within = place / path.front();
  if (path.size() == 1 || path[1].empty()) return checker.check(*value, within);
  check_path(checker, *value, path.subspan(1), within);
}

void check_list(const StateNode& state, std::string_view field, const Checker& checker, bool with_condition) {
  const json::Value* list = state.takes(field) ? state.find(field) : nullptr;
  if (list == nullptr || !list->is_array()) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json::Value& entry = list->elements()[i];
    const Place place = (state.place / field)[i];
    if (with_condition) checker.check_field(entry, "Condition", place);
    for (const std::string_view exit : exits) checker.check_field(entry, exit, place);
  }
}

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.language != QueryLanguage::jsonata) return;
  const Checker entering(Outcome::input, findings);
  for (const Path& path : fields) {
    if (state.takes(path.front())) check_path(entering, state.definition, path, state.place);
  }
  check_list(state, "Choices", entering, true);
  check_list(state, "Catch", Checker(Outcome::error_output, findings), false);
  const bool works = state.is(task_state) || state.is(parallel_state) || state.is(map_state);
  const Checker leaving(works ? Outcome::result : Outcome::input, findings);
  for (const std::string_view exit : exits) {
    if (state.takes(exit)) leaving.check_field(state.definition, exit, state.place);
  }
}

}  // namespace

const Rule jsonata_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
