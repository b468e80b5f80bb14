// One request of StartExecution on its way in: reading and validating it, checking its signature, writing the reply.
#include "base/check.h"
#include "lang/json/build.h"
#include "wire/protocol.h"
#include "wire/sigv4.h"

#include <benchmark/benchmark.h>

namespace stepwell::wire {
namespace {

#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char states_text[] = {
#embed "../../src/services/states/api.json"
};

const ApiModel& states() {
  static const auto model = ApiModel::load_embedded({states_text, sizeof states_text});
  return *model;
}

constexpr std::string_view secret_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const Timestamp now = *parse_rfc3339("2024-11-20T10:11:12Z");

http::Request start_execution() {
  http::Request request;
  request.method = "POST";
  request.target = "/";
  request.host = "127.0.0.1:4600";
  request.headers.add("Content-Type", "application/x-amz-json-1.0");
  request.headers.add("User-Agent", "client/1.0");
  request.headers.add("X-Amz-Target", "AWSStepFunctions.StartExecution");
  request.body =
      R"({"stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:orders", "name": "order-00001", )"
      R"("input": "{\"orderId\": 1, \"total\": 24.90}"})";
  sign(request, {"AKIDEXAMPLE", std::string(secret_key), ""}, "us-east-1", "states", now);
  return request;
}

void decode_start_execution(benchmark::State& state) {
  const http::Request request = start_execution();
  for (auto _ : state) {
    Call call;
    CHECK(decode(states(), request, call).has_value());
    benchmark::DoNotOptimize(call);
  }
}
BENCHMARK(decode_start_execution);

void verify_start_execution(benchmark::State& state) {
  const http::Request request = start_execution();
  const auto secret = [](std::string_view) { return std::optional<std::string>(secret_key); };
  for (auto _ : state) CHECK(verify_signature(request, secret, now).has_value());
}
BENCHMARK(verify_start_execution);

void encode_start_execution(benchmark::State& state) {
  Call call;
  call.operation = states().operation("StartExecution");
  call.caller.request_id = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
  Reply reply;
  reply.output = json::ObjectBuilder(call.arena)
                     .add("executionArn", "arn:aws:states:us-east-1:123456789012:execution:orders:order-00001")
                     .add("startDate", epoch_seconds(call.arena, 1714558830123))
                     .build();
  for (auto _ : state) benchmark::DoNotOptimize(encode(states(), call, reply));
}
BENCHMARK(encode_start_execution);

void load_model(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ApiModel::load({states_text, sizeof states_text}));
}
BENCHMARK(load_model)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace stepwell::wire
