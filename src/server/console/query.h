#pragma once
// Reading what the console's API is asked, and writing its answers.

#include "base/error.h"
#include "base/http.h"
#include "base/time.h"
#include "engine/execution.h"
#include "services/states/execution_search.h"
#include "wire/percent.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::server::console {

http::Response json_response(int status, std::string body);
Error refused(std::string message);

// nullopt: it is not given. Error "ValidationException".
template <typename Number>
Result<std::optional<Number>> number_of(std::string_view query, std::string_view name) {
  const auto text = wire::query_value(query, name);
  if (!text || text->empty()) return std::nullopt;
  Number number{};
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size())
    return fail(refused(fmt::format("'{}' is no number that '{}' takes.", *text, name)));
  return number;
}
Result<std::optional<Timestamp>> time_of(std::string_view query, std::string_view name);
Result<std::optional<engine::Status>> status_of(std::string_view query);
Result<std::optional<states::SearchPosition>> position_of(std::string_view query);

}  // namespace stepwell::server::console
