// Evaluating paths that are compiled already.
#include "lang/json/parse.h"
#include "lang/jsonpath/path.h"

#include <benchmark/benchmark.h>

namespace stepwell::jsonpath {
namespace {

constexpr std::string_view document =
    R"({"id":7,"order":{"customer":{"name":"Zoe"},"lines":[{"sku":"A","n":1},{"sku":"B","n":2},{"n":3}]},"status":"open"})";

void evaluate_path(benchmark::State& state, std::string_view text) {
  json::Arena arena;
  const json::Value value = json::parse(arena, document).value();
  const Path path = Path::compile(text).value();
  json::Arena results;
  for (auto _ : state) {
    results.reset();
    benchmark::DoNotOptimize(path.evaluate(results, value));
  }
}

void compile_path(benchmark::State& state, std::string_view text) {
  for (auto _ : state) benchmark::DoNotOptimize(Path::compile(text));
}

void insert_value(benchmark::State& state) {
  json::Arena arena;
  const json::Value value = json::parse(arena, document).value();
  const Path path = Path::compile("$.order.result").value();
  json::Arena results;
  for (auto _ : state) {
    results.reset();
    benchmark::DoNotOptimize(path.insert(results, value, value));
  }
}

BENCHMARK_CAPTURE(evaluate_path, member, "$.status");
BENCHMARK_CAPTURE(evaluate_path, nested, "$.order.lines[1].sku");
BENCHMARK_CAPTURE(evaluate_path, from_end, "$.order.lines[(@.length-1)].n");
BENCHMARK_CAPTURE(evaluate_path, missing, "$.order.nothing");
BENCHMARK_CAPTURE(evaluate_path, wildcard, "$.order.lines[*].sku");
BENCHMARK_CAPTURE(evaluate_path, filter, "$.order.lines[?(@.n == 2 && @.sku != 'A')]");
BENCHMARK_CAPTURE(evaluate_path, scan, "$..n");
BENCHMARK_CAPTURE(compile_path, nested, "$.order.lines[1].sku");
BENCHMARK(insert_value);

}  // namespace
}  // namespace stepwell::jsonpath
