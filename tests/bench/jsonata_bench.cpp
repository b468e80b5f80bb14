// Evaluating expressions that are compiled already, over inputs that are parsed already. What is evaluated stands in
// jsonata/workloads.json, from where jsonata/compare.py takes it for the comparison with the reference implementation.
#include "base/check.h"
#include "base/ports.h"
#include "lang/json/parse.h"
#include "lang/jsonata/expression.h"

#include <fstream>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

namespace stepwell::jsonata {
namespace {

std::string read_workloads() {
  const std::ifstream file(STEPWELL_BENCH_FOLDER "/jsonata/workloads.json", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

json::Value evaluate(json::Arena& arena, const Expression& expression, const std::optional<json::Value>& input) {
  SeededRandom random(1);
  const Limits room{.memory_bytes = std::size_t{64} << 20U, .depth = 100};
  const auto result = expression.evaluate(arena, input, {.random = &random, .limits = room});
  CHECK(result.has_value() && result->has_value());
  return **result;
}

void run(benchmark::State& state, const std::string& input_text, const std::string& text) {
  json::Arena arena;
  const Expression input_expression = Expression::compile(input_text, Dialect::standard).value();
  const json::Value input = evaluate(arena, input_expression, std::nullopt);
  const Expression expression = Expression::compile(text, Dialect::standard).value();
  json::Arena results;
  for (auto _ : state) {
    results.reset();
    benchmark::DoNotOptimize(evaluate(results, expression, input));
  }
}

void compile(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(Expression::compile(text, Dialect::aws));
}

const bool are_registered = [] {
  json::Arena arena;
  for (const json::Value& workload : json::parse_copy(arena, read_workloads()).value().elements()) {
    const auto text = [&](std::string_view member) { return std::string(workload.find(member)->as_string()); };
    benchmark::RegisterBenchmark(("jsonata_evaluate/" + text("name")).c_str(),
                                 [input = text("input"), expression = text("expression")](benchmark::State& state) {
                                   run(state, input, expression);
                                 });
    benchmark::RegisterBenchmark(
        ("jsonata_compile/" + text("name")).c_str(),
        [expression = text("expression")](benchmark::State& state) { compile(state, expression); });
  }
  return true;
}();

}  // namespace
}  // namespace stepwell::jsonata
