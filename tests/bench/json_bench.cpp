// Reading and writing JSON: a request of some 765 bytes and a state input of some 88 KB.
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace stepwell::json {
namespace {

std::string order(int number) {
  return fmt::format(
      R"({{"orderId":"order-{0:08}","customer":{{"id":{0},"name":"Zo\u00eb Müller","email":"customer{0}@example.com",)"
      R"("vip":{1}}},"total":{0}.25,"currency":"EUR","items":[)"
      R"({{"sku":"A-1001","title":"Espresso cups, set of six","quantity":2,"price":24.90,"tags":["kitchen","gift"]}},)"
      R"({{"sku":"B-2002","title":"A line\nand a \"quoted\" word","quantity":1,"price":149.00,"tags":[]}}],)"
      R"("address":{{"street":"Hauptstraße 12","city":"Wien","zip":"1010","country":"AT","geo":[48.2082,16.3738]}},)"
      R"("createdAt":"2024-05-17T09:30:00.000Z","notes":null,"retries":0,"flags":{{"express":true,"insured":false}},)"
      R"("trace":"Root=1-5e1b4151-5ac6c58f3b1c1f2e4d6a7b8c","note":"Please ring twice; the bell is hidden behind the ivy, )"
      R"(on the left-hand side of the gate. Leave it with the neighbours if nobody answers."}})",
      number, number % 2 == 0);
}

const std::string& document(int orders) {
  static const std::string small = order(1);
  static const std::string large = [] {
    std::string text = R"({"orders":[)";
    for (int i = 0; i < 120; ++i) text += (i == 0 ? "" : ",") + order(i);
    return text + "]}";
  }();
  return orders == 1 ? small : large;
}

void parse_document(benchmark::State& state) {
  const std::string& text = document(static_cast<int>(state.range(0)));
  Arena arena;
  for (auto _ : state) {
    arena.reset();
    benchmark::DoNotOptimize(parse(arena, text));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["bytes"] = static_cast<double>(text.size());
}

void parse_document_in_new_arena(benchmark::State& state) {
  const std::string& text = document(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    Arena arena;
    benchmark::DoNotOptimize(parse(arena, text));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void print_document(benchmark::State& state) {
  Arena arena;
  const Value value = parse(arena, document(static_cast<int>(state.range(0)))).value();
  std::string out;
  for (auto _ : state) {
    out.clear();
    print(out, value);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

void equal_documents(benchmark::State& state) {
  Arena arena;
  const Value a = parse(arena, document(static_cast<int>(state.range(0)))).value();
  const Value b = copy(arena, a);
  for (auto _ : state) benchmark::DoNotOptimize(equal(a, b));
}

BENCHMARK(parse_document)->Arg(1)->Arg(120);
BENCHMARK(parse_document_in_new_arena)->Arg(1)->Arg(120);
BENCHMARK(print_document)->Arg(1)->Arg(120);
BENCHMARK(equal_documents)->Arg(1)->Arg(120);

void find_member(benchmark::State& state) {
  std::string text = "{";
  for (int i = 0; i < state.range(0); ++i) text += fmt::format("{}\"member{}\":{}", i == 0 ? "" : ",", i, i);
  text += "}";
  Arena arena;
  const Value value = parse(arena, text).value();
  const std::string key = fmt::format("member{}", state.range(0) - 1);
  for (auto _ : state) benchmark::DoNotOptimize(value.find(key));
}
BENCHMARK(find_member)->Arg(4)->Arg(16)->Arg(17)->Arg(10'000);

}  // namespace
}  // namespace stepwell::json
