// stepwell eval: one expression, or with --jsonl one a line, of the languages that definitions hold. Prints
// {"result":…} | {"undefined":true} | {"code":…,"message":…,"position":…} a line with --jsonl; the bare result
// otherwise, or the expression with a mark under the place at fault. Exit code 1 when an expression fails.

#include "lang/asl/expression.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/jsonata/expression.h"
#include "lang/jsonpath/path.h"
#include "server/commands/commands.h"
#include "server/files.h"
#include "server/system_ports.h"

#include <cstdio>
#include <iostream>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

struct EvalError {
  std::string code;
  std::string message;
  std::optional<std::size_t> position;  // byte in the expression
};
// nullopt: the expression gives nothing.
using Outcome = std::expected<std::optional<json::Value>, EvalError>;

struct Question {
  std::string_view expression;
  std::optional<json::Value> data;                   // absent: undefined to JSONata, null to the others
  json::Value bindings;                              // an object: variables by name; {"$$": …} is the context object
  std::optional<std::int64_t> depth = std::nullopt;  // how deep JSONata may nest, instead of `room`
};

// What an expression sees outside of an execution.
class Surroundings final : public asl::Activation {
 public:
  Surroundings(json::Arena& arena, const Question& question)
      : arena_(arena), question_(question), random_(make_random()) {}
  json::Arena& arena() override { return arena_; }
  json::Value input() override { return question_.data.value_or(json::Value{}); }
  json::Value context() override {
    const json::Value* context = question_.bindings.find("$$");
    return context ? *context : json::ObjectBuilder(arena_).build();
  }
  const json::Value* variable(std::string_view name) override { return question_.bindings.find(name); }
  Timestamp now() override { return clock_.now(); }
  Random& random() override { return *random_; }

 private:
  json::Arena& arena_;
  const Question& question_;
  SystemClock clock_;
  std::unique_ptr<Random> random_;
};

Outcome eval_jsonpath(json::Arena& arena, const Question& question) {
  const auto path = jsonpath::Path::compile(question.expression);
  if (!path) return std::unexpected(EvalError{"InvalidPath", path.error().message, path.error().offset});
  const auto found = path->evaluate(arena, question.data.value_or(json::Value{}));
  if (!found) return std::unexpected(EvalError{"PathNotFound", found.error().message, std::nullopt});
  return *found;
}

Outcome eval_intrinsic(json::Arena& arena, const Question& question) {
  const auto expression = asl::Expression::compile(question.expression);
  if (!expression) return std::unexpected(EvalError{expression.error().code, expression.error().message, std::nullopt});
  Surroundings surroundings(arena, question);
  const auto value = (*expression)->evaluate(surroundings, surroundings.input());
  if (!value)
    return std::unexpected(EvalError{value.error().error.value_or(""), value.error().cause.value_or(""), std::nullopt});
  return *value;
}

// The variables of a question.
class Variables final : public jsonata::Bindings {
 public:
  explicit Variables(const json::Value& bindings) : bindings_(bindings) {}
  std::optional<json::Value> find(std::string_view name) const override {
    const json::Value* value = bindings_.find(name);
    return value ? std::optional(*value) : std::nullopt;
  }

 private:
  const json::Value& bindings_;
};

// Roomier than in a workflow: this is where expressions are tried out.
constexpr jsonata::Limits room{.memory_bytes = std::size_t{1} << 30U, .depth = 500, .steps = 2'000'000'000};

template <jsonata::Dialect dialect>
Outcome eval_jsonata(json::Arena& arena, const Question& question) {
  const auto failed = [](const jsonata::Error& error) {
    return std::unexpected(EvalError{error.code, error.message, error.position});
  };
  const auto expression = jsonata::Expression::compile(question.expression, dialect);
  if (!expression) return failed(expression.error());
  const Variables variables(question.bindings);
  const auto random = make_random();
  SystemClock clock;
  jsonata::Limits limits = room;
  if (question.depth) limits.depth = static_cast<std::size_t>(std::max<std::int64_t>(*question.depth, 1));
  const auto value = expression->evaluate(
      arena, question.data, {.bindings = &variables, .now = clock.now(), .random = random.get(), .limits = limits});
  if (!value) return failed(value.error());
  return *value;
}

struct Language {
  std::string_view name;
  Outcome (*evaluate)(json::Arena& arena, const Question& question);
};
constexpr Language languages[] = {{"intrinsic", eval_intrinsic},
                                  {"jsonata", eval_jsonata<jsonata::Dialect::aws>},
                                  {"jsonata-standard", eval_jsonata<jsonata::Dialect::standard>},
                                  {"jsonpath", eval_jsonpath}};

json::Value answer_line(json::Arena& arena, const Outcome& outcome) {
  json::ObjectBuilder line(arena);
  if (outcome && *outcome) return line.add("result", **outcome).build();
  if (outcome) return line.add("undefined", true).build();
  line.add("code", outcome.error().code).add("message", outcome.error().message);
  if (outcome.error().position) line.add("position", static_cast<std::int64_t>(*outcome.error().position));
  return line.build();
}

Outcome evaluate_line(const Language& language, json::Arena& arena, std::string_view line) {
  const auto question = json::parse(arena, line);
  if (!question) return std::unexpected(EvalError{"InvalidLine", question.error().message, std::nullopt});
  const json::Value* expression = question->find("expr");
  if (expression == nullptr || !expression->is_string()) {
    return std::unexpected(
        EvalError{"InvalidLine", "expected {\"expr\": …, \"data\": …, \"bindings\": …}", std::nullopt});
  }
  const json::Value* data = question->find("data");
  const json::Value* bindings = question->find("bindings");
  const json::Value* depth = question->find("depth");
  return language.evaluate(arena, {.expression = expression->as_string(),
                                   .data = data ? std::optional(*data) : std::nullopt,
                                   .bindings = bindings ? *bindings : json::Value{},
                                   .depth = depth && depth->is_number() ? depth->as_integer() : std::nullopt});
}

int evaluate_lines(const Language& language) {
  int code = 0;
  json::Arena arena;
  for (std::string line; std::getline(std::cin, line);) {
    arena.reset();
    const Outcome outcome = evaluate_line(language, arena, line);
    if (!outcome) code = 1;
    fmt::print("{}\n", json::print(answer_line(arena, outcome)));
  }
  return code;
}

int print_outcome(const EvalOptions& options, const Outcome& outcome) {
  if (outcome) {
    fmt::print("{}\n", *outcome ? json::print_pretty(**outcome) : "(undefined)");
    return 0;
  }
  const EvalError& error = outcome.error();
  fmt::print(stderr, "{}: {}\n", error.code, error.message);
  if (error.position) fmt::print(stderr, "  {}\n  {:>{}}\n", options.expression, '^', *error.position + 1);
  return 1;
}

Result<json::Value> read_json(json::Arena& arena, std::string_view what, const std::string& argument) {
  TRY_ASSIGN(const std::string text, read_argument(argument));
  const auto value = json::parse_copy(arena, text);
  if (value) return *value;
  return fail(Error{.code = "InvalidArgument",
                    .message = fmt::format("{}: line {}, column {}: {}", what, value.error().line, value.error().column,
                                           value.error().message)});
}

}  // namespace

int eval(const EvalOptions& options) {
  const auto language = std::ranges::find(languages, options.language, &Language::name);
  if (options.lines) return evaluate_lines(*language);
  json::Arena arena;
  const auto data = read_json(arena, "--input", options.input);
  const auto bindings = read_json(arena, "--bindings", options.bindings);
  if (!data || !bindings) {
    fmt::print(stderr, "{}\n", data ? bindings.error().message : data.error().message);
    return 2;
  }
  return print_outcome(
      options, language->evaluate(arena, {.expression = options.expression, .data = *data, .bindings = *bindings}));
}

}  // namespace stepwell::server
