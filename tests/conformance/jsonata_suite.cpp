// Runs the cases of the JSONata reference suite, where they are at hand:
//
//   jsonata_suite standard|aws FOLDER     the folder with cases.jsonl and datasets.json
//
// A line of cases.jsonl is {"id", "expr", "bindings", "data" or "dataset", "expected": {"result"} or {"undefined"} or
// {"code"}}, perhaps with "unordered" (an array in any order) and "depth" (the bound of depth). Prints what fails, in
// the aws dialect also what does not apply to it (it has no $eval, numbers that are not finite are texts, functions are
// no results), and "N passed, N failed, N not applicable" at the end.
#include "base/ports.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/jsonata/expression.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace stepwell::jsonata {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class ObjectBindings final : public Bindings {
 public:
  explicit ObjectBindings(const json::Value* object) : object_(object) {}
  std::optional<json::Value> find(std::string_view name) const override {
    const json::Value* const found = object_ == nullptr ? nullptr : object_->find(name);
    return found == nullptr ? std::nullopt : std::optional(*found);
  }

 private:
  const json::Value* object_;
};

// Numbers that differ in the last place only are the same: other implementations add in another order.
bool is_close(const json::Value& a, const json::Value& b) {
  const double x = a.as_double();
  const double y = b.as_double();
  return x == y || std::abs(x - y) <= 4e-16 * std::abs(x);
}

bool is_same(const json::Value& a, const json::Value& b, bool in_any_order) {
  if (a.kind() != b.kind()) return false;
  if (a.is_number()) return is_close(a, b);
  if (!a.is_array() && !a.is_object()) return json::equal(a, b);
  if (a.size() != b.size()) return false;
  if (a.is_object()) {
    return std::ranges::all_of(a.members(), [&](const json::Member& member) {
      const json::Value* const other = b.find(member.key);
      return other != nullptr && is_same(member.value, *other, in_any_order);
    });
  }
  std::vector<json::Value> rest(b.elements().begin(), b.elements().end());
  for (const json::Value& element : a.elements()) {
    const auto begins = rest.begin();
    const auto found = std::find_if(begins, in_any_order ? rest.end() : begins + 1,
                                    [&](const json::Value& other) { return is_same(element, other, in_any_order); });
    if (found == (in_any_order ? rest.end() : begins + 1)) return false;
    rest.erase(found);
  }
  return true;
}

// JSON that names half of a surrogate pair is none; in an expression the escape says the same.
std::string without_surrogates(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool is_escape = line.substr(at, 3) == "\\ud" && (at == 0 || line[at - 1] != '\\');
    if (is_escape) text += '\\';
    text += line[at];
  }
  return text;
}

class Suite {
 public:
  Suite(const std::filesystem::path& folder, Dialect dialect)
      : datasets_(json::parse_copy(arena_, read_file(folder / "datasets.json")).value()), dialect_(dialect) {}

  // Why the case says nothing about the dialect; empty: it does.
  std::string_view inapplicable(const json::Value& test) const {
    if (dialect_ == Dialect::standard) return {};
    return test.find("expr")->as_string().contains("$eval") ? "uses $eval" : std::string_view();
  }

  // What is wrong; empty: nothing.
  std::string run(const json::Value& test) {
    const auto compiled = Expression::compile(test.find("expr")->as_string(), dialect_);
    const json::Value& expected = *test.find("expected");
    if (!compiled) return compare_error(expected, compiled.error());
    std::optional<json::Value> input;
    if (const json::Value* const data = test.find("data")) input = *data;
    if (const json::Value* const name = test.find("dataset")) input = *datasets_.find(name->as_string());
    const ObjectBindings bindings(test.find("bindings"));
    SeededRandom random(1);
    Environment environment{
        .bindings = &bindings, .now = Timestamp(std::chrono::milliseconds(1'700'000'000'000)), .random = &random};
    environment.limits = {.memory_bytes = std::size_t{1} << 30U, .depth = 500};
    if (const json::Value* const depth = test.find("depth")) {
      environment.limits.depth = static_cast<std::size_t>(depth->as_integer().value());
    }
    json::Arena arena;
    const auto result = compiled->evaluate(arena, input, environment);
    if (!result) return compare_error(expected, result.error());
    if (*result) {
      const json::Value* const wanted = expected.find("result");
      const bool passes = wanted != nullptr && is_same(*wanted, **result, test.find("unordered") != nullptr);
      return passes ? "" : "gave " + json::print(**result) + ", not " + json::print(expected);
    }
    return expected.find("undefined") != nullptr ? "" : "gave nothing, not " + json::print(expected);
  }

 private:
  static std::string compare_error(const json::Value& expected, const Error& error) {
    const json::Value* const code = expected.find("code");
    if (code != nullptr && code->as_string() == error.code) return "";
    return "failed with " + error.code + " " + error.message + ", not " + json::print(expected);
  }

  json::Arena arena_;
  json::Value datasets_;
  Dialect dialect_;
};

int run_all(const std::filesystem::path& folder, Dialect dialect) {
  std::ifstream cases(folder / "cases.jsonl");
  if (!cases) {
    std::fprintf(stderr, "no cases in %s\n", folder.c_str());
    return 2;
  }
  Suite suite(folder, dialect);
  int passed = 0;
  int failed = 0;
  int not_applicable = 0;
  for (std::string line; std::getline(cases, line);) {
    json::Arena arena;
    auto test = json::parse_copy(arena, line);
    if (!test) test = json::parse_copy(arena, without_surrogates(line));
    const std::string_view reason = test ? suite.inapplicable(*test) : std::string_view();
    if (!reason.empty()) {
      ++not_applicable;
      std::printf("not applicable: %s %s\n", std::string(test->find("id")->as_string()).c_str(),
                  std::string(reason).c_str());
      continue;
    }
    const std::string problem = test ? suite.run(*test) : "is no JSON";
    ++(problem.empty() ? passed : failed);
    if (problem.empty()) continue;
    const std::string id = test ? std::string(test->find("id")->as_string()) : line.substr(0, 80);
    std::printf("%s %s\n", id.c_str(), problem.substr(0, 600).c_str());
  }
  std::printf("%d passed, %d failed, %d not applicable\n", passed, failed, not_applicable);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace stepwell::jsonata

int main(int argument_count, char** arguments) {
  using stepwell::jsonata::Dialect;
  const std::string_view dialect = argument_count == 3 ? arguments[1] : "";
  if (dialect != "standard" && dialect != "aws") {
    std::fprintf(stderr, "usage: jsonata_suite standard|aws FOLDER\n");
    return 2;
  }
  return stepwell::jsonata::run_all(arguments[2], dialect == "aws" ? Dialect::aws : Dialect::standard);
}
