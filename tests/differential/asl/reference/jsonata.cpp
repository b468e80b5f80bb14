// Fields of JSONata states (spec §1.9): what stands between {% and %} is evaluated, wherever it stands.
#include "base/check.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "lang/jsonata/expression.h"
#include "reference.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

std::optional<std::string_view> expression_in(const json::Value& value) {
  if (!value.is_string()) return std::nullopt;
  std::string_view text = value.as_string();
  if (text.size() < 4 || !text.starts_with("{%") || !text.ends_with("%}")) return std::nullopt;
  text = text.substr(2, text.size() - 4);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

const char* name_of(json::Kind kind) {
  static constexpr const char* names[] = {"null", "boolean", "number", "string", "array", "object"};
  return names[static_cast<std::size_t>(kind)];
}

std::string specified(std::string_view expression, std::string_view location) {
  return fmt::format("The JSONata expression '{}' specified for the field '{}' ", expression, location);
}

std::string unexpected(std::string_view expression, std::string_view location, json::Kind expected,
                       const json::Value& value) {
  return specified(expression, location) +
         fmt::format("returned an unexpected result type. Expected '{}', but was '{}' for value: {}", name_of(expected),
                     name_of(value.kind()), json::print(value));
}

// As Java's parse methods read one.
bool is_number(std::string_view text, bool whole) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto is_digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == part.npos;
  };
  const std::size_t dot = whole ? text.npos : text.find('.');
  return dot == text.npos ? is_digits(text) : is_digits(text.substr(0, dot)) && is_digits(text.substr(dot + 1));
}

class Found final : public jsonata::Bindings {
 public:
  using Look = std::function<std::optional<json::Value>(std::string_view)>;
  explicit Found(Look look) : look_(std::move(look)) {}
  std::optional<json::Value> find(std::string_view name) const override { return look_(name); }

 private:
  Look look_;
};

}  // namespace

json::Value Reference::jsonata(Thread& thread, std::string_view expression, const std::string& location,
                               const Value* result, std::string_view result_name) {
  const Found names([&](std::string_view name) -> std::optional<Value> {
    if (name != "states") {
      const Value* value = variable(thread, name);
      return value == nullptr ? std::nullopt : std::optional(*value);
    }
    std::vector<json::Member> members{{"input", thread.input}};
    if (result != nullptr && !result_name.empty()) members.push_back({result_name, *result});
    members.push_back({"context", context(thread)});
    const auto kept = arena_.make_array<json::Member>(members.size());
    std::ranges::copy(members, kept.begin());
    return Value::object(arena_, kept);
  });
  SeededRandom random(1);
  const auto compiled = jsonata::Expression::compile(expression, jsonata::Dialect::aws);
  CHECK(compiled.has_value());
  const auto value = compiled->evaluate(
      arena_, std::nullopt,
      {.bindings = &names, .now = kBeginning + Duration(agenda_.now()), .random = &random, .limits = {}});
  if (value && *value) return **value;
  std::string cause = specified(expression, location);
  if (value) {
    cause += "returned nothing (undefined).";
  } else if (value.error().code == "U1004") {
    cause += "returned an unsupported result type.";
  } else if (value.error().code.starts_with("U")) {
    cause += "threw an error during evaluation: " + value.error().message;
  } else {
    cause += fmt::format("threw an error during evaluation. {}: {}", value.error().code, value.error().message);
  }
  throw query_failure(std::move(cause), location);
}

json::Value Reference::jsonata_template(Thread& thread, const Value& body, const std::string& location,
                                        const Value* result, std::string_view result_name) {
  if (const auto expression = expression_in(body)) return jsonata(thread, *expression, location, result, result_name);
  if (body.is_array()) {
    std::vector<Value> elements;
    for (std::size_t i = 0; i < body.size(); ++i) {
      elements.push_back(
          jsonata_template(thread, body.elements()[i], fmt::format("{}[{}]", location, i), result, result_name));
    }
    return json::make_array(arena_, elements);
  }
  if (body.is_object()) {
    const auto members = arena_.make_array<json::Member>(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
      const json::Member& member = body.members()[i];
      members[i] = {member.key, jsonata_template(thread, member.value, fmt::format("{}/{}", location, member.key),
                                                 result, result_name)};
    }
    return Value::object(arena_, members);
  }
  return body;
}

std::optional<json::Value> Reference::jsonata_scalar(Thread& thread, const Value& state, const std::string& field,
                                                     json::Kind kind) {
  const Value* body = state.find(field);
  if (body == nullptr) return std::nullopt;
  const Value value = jsonata_template(thread, *body, field, nullptr, "");
  if (value.kind() == kind) return value;
  if (const auto expression = expression_in(*body)) {
    throw query_failure(unexpected(*expression, field, kind, value), field);
  }
  throw query_failure(fmt::format("The {} field is not a {}: {}", field, name_of(kind), json::print(value)), field);
}

// ------------------------------------------------------------------------------- what both query languages have

bool Reference::is_jsonata(const Value& state) const {
  const Value* language = state.find("QueryLanguage");
  if (language == nullptr) language = definition_.find("QueryLanguage");
  return language != nullptr && language->as_string() == "JSONata";
}

json::Value Reference::effective_input(Thread& thread, const Value& state) {
  return is_jsonata(state) ? thread.input : path_filter(thread, state, "InputPath", thread.input);
}

// `fields` holds Assign and (JSONata) Output: of the state, of a rule or of a catcher. A catcher of JSONPath has a
// ResultPath of its own and no OutputPath.
Reference::Exit Reference::leave(Thread& thread, const Value& state, const Value& fields, const Value& result,
                                 std::string_view result_name, const std::string& place,
                                 std::optional<std::string> next) {
  Exit exit{.output = result, .next = std::move(next), .assigned = {}};
  Value assigned = Value::object(arena_, {});
  const Value* assign = fields.find("Assign");
  if (is_jsonata(state)) {
    if (assign != nullptr) assigned = jsonata_template(thread, *assign, place + "Assign", &result, result_name);
    if (const Value* output = fields.find("Output")) {
      exit.output = jsonata_template(thread, *output, place + "Output", &result, result_name);
    }
  } else {
    // A rule of a Choice has no path fields: its state's are meant.
    const Value& paths = fields.find("ErrorEquals") == nullptr ? state : fields;
    if (const Value* selector = paths.find("ResultSelector")) exit.output = payload_template(thread, *selector, result);
    exit.output = put_at_result_path(paths, thread.input, exit.output);
    exit.output = path_filter(thread, paths, "OutputPath", exit.output);
    if (assign != nullptr) assigned = payload_template(thread, *assign, result);
  }
  for (const json::Member& member : assigned.members()) exit.assigned.emplace_back(member.key, member.value);
  return exit;
}

// `field` by its name in JSONPath states.
std::optional<json::Value> Reference::payload(Thread& thread, const Value& state, std::string field,
                                              const Value& input) {
  if (is_jsonata(state) && field == "Parameters") field = "Arguments";
  const Value* body = state.find(field);
  if (body == nullptr) return std::nullopt;
  if (is_jsonata(state)) return jsonata_template(thread, *body, field, nullptr, "");
  return payload_template(thread, *body, input);
}

std::optional<double> Reference::number(Thread& thread, const Value& state, std::string field, const Value& input,
                                        bool whole) {
  if (is_jsonata(state)) {
    const auto value = jsonata_scalar(thread, state, field, json::Kind::number);
    if (!value) return std::nullopt;
    if (whole && !value->as_integer()) {
      throw query_failure(fmt::format("The {} field cannot be parsed as an integer: {}", field, json::print(*value)),
                          field);
    }
    return value->as_double();
  }
  if (const Value* constant = state.find(field)) return constant->as_double();
  const Value* path = state.find(field + "Path");
  if (path == nullptr) return std::nullopt;
  const Value value = evaluate(thread, path->as_string(), input);
  // A string that holds a number will do.
  const Value number =
      value.is_string() && is_number(value.as_string(), whole) ? Value::number(value.as_string()) : value;
  if (number.is_number() && (!whole || number.as_integer())) return number.as_double();
  const std::string shown = value.is_string() ? std::string(value.as_string()) : json::print(value);
  throw runtime_failure(fmt::format("The {}Path field refers to value \"{}\" which is not a valid {}: {}", field, shown,
                                    whole ? "integer" : "float", path->as_string()));
}

void Reference::refuse(const Value& state, const std::string& field, std::string cause) {
  if (is_jsonata(state)) throw query_failure(std::move(cause), field);
  throw runtime_failure(std::move(cause));
}

json::Value Reference::items_of(Thread& thread, const Value& state, const Value& input) {
  if (is_jsonata(state)) {
    const Value* items = state.find("Items");
    if (items == nullptr) {
      if (input.is_array()) return input;
      throw query_failure(fmt::format("Map state input must be an array but was: {}", json::print(input)), "");
    }
    const Value value = jsonata_template(thread, *items, "Items", nullptr, "");
    if (value.is_array()) return value;
    throw query_failure(unexpected(*expression_in(*items), "Items", json::Kind::array, value), "Items");
  }
  const Value* path = state.find("ItemsPath");
  const std::string_view text = path == nullptr || path->is_null() ? "$" : path->as_string();
  const std::string_view shown = text.starts_with("$$") ? text.substr(1) : text;
  const auto items = text == "$" ? std::optional(input) : find(thread, text, input, PastEnd::nothing);
  Failed failure;
  if (!items) {
    throw conflict(shown, input);
  }
  if (items->is_array()) return *items;
  failure.error = "States.Runtime";
  failure.cause = fmt::format("Reference path \"{}\" must point to array.", shown);
  throw failure;
}

// When a Wait state goes on, in milliseconds since the beginning.
std::int64_t Reference::wake_up(Thread& thread, const Value& state, const Value& input) {
  constexpr std::int64_t longest_seconds = 2'147'483'648;
  const auto at = [&](std::int64_t seconds) { return agenda_.now() + std::min(seconds, longest_seconds) * 1000; };
  const auto since = [](Timestamp time) { return (time - kBeginning).count(); };
  const Value* seconds = state.find("Seconds");
  const Value* timestamp = state.find("Timestamp");
  if (seconds != nullptr && !expression_in(*seconds)) return at(*seconds->as_integer());
  if (timestamp != nullptr && !expression_in(*timestamp)) return since(*parse_rfc3339(timestamp->as_string()));
  if (seconds != nullptr) {
    const auto value = static_cast<std::int64_t>(*number(thread, state, "Seconds", input, true));
    if (value >= 0 && value <= 99'999'999) return at(value);
    throw query_failure(fmt::format("Seconds must be between 0 and 99999999 but was: {}", value), "Seconds");
  }
  if (timestamp != nullptr) {
    const Value value = *jsonata_scalar(thread, state, "Timestamp", json::Kind::string);
    if (const auto time = parse_rfc3339(value.as_string())) return since(*time);
    Failed failure = query_failure(
        fmt::format("The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {}",
                    value.as_string()),
        "Timestamp");
    failure.at_work = true;
    throw failure;
  }
  const bool of_seconds = state.find("SecondsPath") != nullptr;
  const std::string field = of_seconds ? "SecondsPath" : "TimestampPath";
  const std::string_view path = state.find(field)->as_string();
  const auto value = find(thread, path, input, PastEnd::nothing);
  const auto refuse_value = [&](const std::string& what) {
    return runtime_failure(fmt::format("The {} parameter {}", field, what));
  };
  if (!value || value->is_null()) throw refuse_value(fmt::format("does not reference an input value: {}", path));
  const std::string text = value->is_string() ? std::string(value->as_string()) : json::print(*value);
  if (!of_seconds) {
    const auto time = value->is_string() ? parse_rfc3339(text) : std::nullopt;
    if (time) return since(*time);
    throw refuse_value(fmt::format(
        "does not reference a valid ISO-8601 extended offset date-time format string: {} == {}", path, text));
  }
  const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  const bool is_long = !digits.empty() && digits.size() < 19 && digits.find_first_not_of("0123456789") == digits.npos;
  if (!is_long) throw refuse_value(fmt::format("cannot be parsed as a long value: {} == {}", path, text));
  if (std::stoll(text) < 0) throw refuse_value(fmt::format("references a negative value: {} == {}", path, text));
  return at(std::stoll(text));
}

std::optional<std::string> Reference::fail_text(Thread& thread, const Value& state, std::string field) {
  if (is_jsonata(state)) {
    const auto value = jsonata_scalar(thread, state, field, json::Kind::string);
    return value ? std::optional<std::string>(value->as_string()) : std::nullopt;
  }
  if (const Value* constant = state.find(field)) return std::string(constant->as_string());
  const Value* path = state.find(field + "Path");
  if (path == nullptr) return std::nullopt;
  const Value value = evaluate_field(thread, path->as_string(), thread.input, field + "Path");
  if (value.is_string()) return std::string(value.as_string());
  throw runtime_failure(fmt::format("The {}Path field refers to value \"{}\" which is not a valid string: {}", field,
                                    json::print(value), path->as_string()));
}

bool Reference::rule_holds(Thread& thread, const Value& state, const Value& rule, std::size_t index,
                           const Value& input) {
  if (!is_jsonata(state)) return condition(thread, rule, input);
  const Value& body = *rule.find("Condition");
  const std::string location = fmt::format("Choices[{}]/Condition", index);
  const Value value = jsonata_template(thread, body, location, nullptr, "");
  if (value.is_boolean()) return value.as_boolean();
  throw query_failure(unexpected(*expression_in(body), location, json::Kind::boolean, value), location);
}

}  // namespace stepwell::differential
