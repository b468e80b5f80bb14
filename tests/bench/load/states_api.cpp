#include "load/states_api.h"

#include <fmt/format.h>

namespace stepwell::load {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string request(std::string_view operation, std::string_view body) {
  return fmt::format(
      "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n"
      "X-Amz-Target: AWSStepFunctions.{}\r\nContent-Length: {}\r\n\r\n{}",
      operation, body.size(), body);
}

std::string start_request(std::string_view operation, const Settings& settings) {
  return request(operation, fmt::format(R"({{"stateMachineArn":{},"input":{}}})", quoted(settings.text("machine")),
                                        quoted(settings.text("input"))));
}

std::string_view member(std::string_view body, std::string_view name) {
  const std::string key = fmt::format("\"{}\":\"", name);
  const std::size_t at = body.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = body.substr(at + key.size());
  return rest.substr(0, rest.find('"'));
}

void expect_success(const Answer& answer) {
  if (answer.status != 200) give_up(fmt::format("{}: {}", answer.status, answer.body));
}

}  // namespace stepwell::load
