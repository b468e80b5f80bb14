#include "services/lambda/execution/invocation.h"

#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::lambda {

std::string platform_error(std::string_view type, std::string_view request_id, std::string_view message) {
  std::string text = R"({"errorType":)";
  json::print_string(text, type);
  text += R"(,"errorMessage":)";
  json::print_string(text, fmt::format("RequestId: {} Error: {}", request_id, message));
  text += '}';
  return text;
}

}  // namespace stepwell::lambda
