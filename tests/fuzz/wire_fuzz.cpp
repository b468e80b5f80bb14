// Any request must be read or refused, and its signature too. What is read, sent on and read again must be the same
// call.
//
// An input is a request in the form of HTTP/1.1: "METHOD TARGET", headers, an empty line, the body.
#include "base/check.h"
#include "lang/json/parse.h"
#include "wire/protocol.h"
#include "wire/sigv4.h"

#include <cstdint>
#include <string>

namespace stepwell::wire {
namespace {

#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char states_text[] = {
#embed "../../src/services/states/api.json"
};
constexpr char lambda_text[] = {
#embed "../../src/services/lambda/api.json"
};
constexpr char query_text[] = {
#embed "../support/query_model.json"
};

const std::vector<const ApiModel*>& models() {
  static const auto states = ApiModel::load_embedded({states_text, sizeof states_text});
  static const auto lambda = ApiModel::load_embedded({lambda_text, sizeof lambda_text});
  static const auto query = ApiModel::load_embedded({query_text, sizeof query_text});
  static const std::vector<const ApiModel*> all = {states.get(), lambda.get(), query.get()};
  return all;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

http::Request read_request(std::string_view text) {
  http::Request request;
  const std::string_view first = take_line(text);
  request.method = first.substr(0, first.find(' '));
  request.target = first.substr(std::min(request.method.size() + 1, first.size()));
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    const std::size_t colon = std::min(line.find(": "), line.size());
    request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(std::min(colon + 2, line.size()))));
  }
  request.host = request.headers.get("Host");
  request.body = text;
  return request;
}

void check_sent_on(const ApiModel& model, const Call& call) {
  const auto sent = encode_call(model, call);
  if (!sent) return;
  Call again;
  CHECK(decode(model, *sent, again).has_value());
  CHECK(again.operation == call.operation);
  CHECK(again.payload == call.payload);
  for (const ShapeMember& member : call.operation->input->members) {
    const json::Value* before = call.member(member.name);
    const json::Value* after = again.member(member.name);
    CHECK((before == nullptr) == (after == nullptr));
    CHECK(before == nullptr || json::equal(*before, *after));
  }
}

// An answer of another side is anything at all.
void check_answers(const ApiModel& model, const std::string& body) {
  for (const int status : {200, 400}) {
    Call call;
    call.operation = &model.operations().front();
    const auto reply = decode_reply(model, call, {.status = status, .headers = {}, .body = body});
    if (reply) encode(model, call, *reply);
  }
}

void check(const http::Request& request) {
  const auto secret = [](std::string_view) { return std::optional<std::string>("secret"); };
  const auto verified = verify_signature(request, secret, *parse_rfc3339("2024-11-20T10:11:12Z"));
  CHECK(verified || !verified.error().code.empty());
  find_service(models(), request);
  for (const ApiModel* model : models()) {
    check_answers(*model, request.body);
    Call call;
    const auto decoded = decode(*model, request, call);
    if (decoded) {
      check_sent_on(*model, call);
    } else {
      const http::Response refused = encode_error(*model, call, decoded.error());
      CHECK(refused.status >= 400);
      call.operation = &model->operations().front();
      CHECK(decode_reply(*model, call, refused).error().code != "UnknownError");
    }
  }
}

}  // namespace
}  // namespace stepwell::wire

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::wire::check(stepwell::wire::read_request({reinterpret_cast<const char*>(data), size}));
  return 0;
}
