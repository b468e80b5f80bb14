#include "services/states/sdk/metadata.h"

namespace stepwell::states::sdk {
namespace {

enum class Form : std::uint8_t { texts, lists };

json::Value headers_in(json::Arena& arena, std::span<const Header> headers, Form form) {
  json::ObjectBuilder object(arena);
  for (const auto& [name, value] : headers) {
    const json::Value text = json::make_string(arena, value);
    object.add(name, form == Form::lists ? json::make_array(arena, std::span(&text, 1)) : text);
  }
  return object.build();
}

}  // namespace

json::Value http_metadata(json::Arena& arena, std::span<const Header> headers, int status) {
  return json::ObjectBuilder(arena)
      .add("AllHttpHeaders", headers_in(arena, headers, Form::lists))
      .add("HttpHeaders", headers_in(arena, headers, Form::texts))
      .add("HttpStatusCode", status)
      .build();
}

json::Value response_metadata(json::Arena& arena, std::string_view request_id) {
  return json::ObjectBuilder(arena).add("RequestId", request_id).build();
}

}  // namespace stepwell::states::sdk
