// What the fields of one state cost, by the size of the payload: only the part that is touched should count. Each case
// runs with a payload of 1 KB and one of 100 KB that hold the same things in the same places, and filler beside them.
#include "lang/asl/machine.h"
#include "lang/json/parse.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace stepwell::asl {
namespace {

// An activation whose arena is emptied before each visit.
class BenchActivation final : public Activation {
 public:
  explicit BenchActivation(const std::string& payload) : input_(json::parse_copy(input_arena_, payload).value()) {}

  json::Arena& arena() override { return arena_; }
  json::Value input() override { return input_; }
  json::Value context() override { return {}; }
  const json::Value* variable(std::string_view) override { return nullptr; }
  Timestamp now() override { return {}; }
  Random& random() override { return random_; }
  Budget& budget() override { return budget_; }
  void begin_visit() {
    arena_.reset();
    budget_ = Budget(max_steps);
  }

 private:
  json::Arena input_arena_;
  json::Arena arena_;
  json::Value input_;
  SeededRandom random_{1};
  Budget budget_{max_steps};
};

// About that many kilobytes: an order, and lines that are filler.
std::string payload_of(std::int64_t kilobytes) {
  std::string lines;
  constexpr std::string_view line = R"({"sku":"ABCDEFGHIJ","quantity":12,"price":{"amount":19.99,"currency":"EUR"}})";
  const auto count = static_cast<std::size_t>(kilobytes) * 1000 / (line.size() + 1);
  for (std::size_t i = 0; i < count; ++i) lines.append(i == 0 ? "" : ",").append(line);
  return fmt::format(R"({{"id":7,"customer":{{"name":"Zoe","tags":["a","b"]}},"total":19.99,"lines":[{}]}})", lines);
}

// A visit of the state S.
void visit(benchmark::State& state, std::string_view fields) {
  const auto machine = Machine::compile(fmt::format(R"({{"StartAt":"S","States":{{"S":{{{},"End":true}}}}}})", fields));
  if (!machine) return state.SkipWithError(machine.error().message.c_str());
  BenchActivation activation(payload_of(state.range(0)));
  const State& visited = (*machine)->top().start();
  for (auto _ : state) {
    activation.begin_visit();
    auto step = visited.enter(activation);
    if (!step) return state.SkipWithError(step.error().cause.value_or("failed").c_str());
    benchmark::DoNotOptimize(step);
  }
}

#define BOTH_SIZES(function, name, fields) BENCHMARK_CAPTURE(function, name, fields)->Arg(1)->Arg(100)

// Of these the payload's size must not be seen.
BOTH_SIZES(visit, nothing, R"("Type":"Pass")");
BOTH_SIZES(visit, input_path, R"("Type":"Pass","InputPath":"$.customer")");
BOTH_SIZES(visit, result_path, R"("Type":"Pass","Result":{"ok":true},"ResultPath":"$.customer.result")");
BOTH_SIZES(visit, template_of_paths,
           R"("Type":"Pass","Parameters":{"id.$":"$.id","who":{"name.$":"$.customer.name"},"fixed":[1,2,3]})");
BOTH_SIZES(visit, template_of_intrinsics,
           R"json("Type":"Pass","Parameters":{"text.$":"States.Format('{} {}', $.id, $.customer.name)"})json");
BOTH_SIZES(visit, template_of_the_whole, R"("Type":"Pass","Parameters":{"all.$":"$","lines.$":"$.lines"})");
BOTH_SIZES(visit, output_path, R"("Type":"Pass","Parameters":{"a.$":"$"},"OutputPath":"$.a.total")");
BOTH_SIZES(visit, assign, R"("Type":"Pass","Assign":{"x.$":"$.customer.tags[1]"})");
BOTH_SIZES(visit, jsonata, R"("Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.input.customer.name %}")");

// These go through all of it.
BOTH_SIZES(visit, wildcard_over_the_lines, R"("Type":"Pass","Parameters":{"skus.$":"$.lines[*].sku"})");
BOTH_SIZES(visit, filter_over_the_lines, R"("Type":"Pass","Parameters":{"few.$":"$.lines[?(@.quantity > 100)]"})");
BOTH_SIZES(visit, scan, R"("Type":"Pass","Parameters":{"amounts.$":"$..amount"})");
BOTH_SIZES(visit, text_of_the_whole, R"json("Type":"Pass","Parameters":{"text.$":"States.JsonToString($)"})json");

}  // namespace
}  // namespace stepwell::asl
