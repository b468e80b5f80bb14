#pragma once
// What optimised integrations add to a service's answer: the HTTP answer behind it (spec §4).

#include "lang/json/build.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace stepwell::states::sdk {

using Header = std::pair<std::string_view, std::string>;

// {"AllHttpHeaders":…, "HttpHeaders":…, "HttpStatusCode":…}
json::Value http_metadata(json::Arena& arena, std::span<const Header> headers, int status);
// {"RequestId":…}
json::Value response_metadata(json::Arena& arena, std::string_view request_id);

}  // namespace stepwell::states::sdk
