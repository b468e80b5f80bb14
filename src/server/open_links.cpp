#include "server/open_links.h"

#include "wire/percent.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stepwell::server {
namespace {

struct OpenLink {
  std::string_view service;
  std::string_view operation;
};
constexpr auto open_links = std::to_array<OpenLink>({
#define OPEN_LINK(service, operation) {#service, #operation},
#include "server/open_links.def"
#undef OPEN_LINK
});

}  // namespace

bool is_open_link(const wire::ApiModel& model, const http::Request& request) {
  if (request.method != "GET" || request.headers.contains("Authorization")) return false;
  const std::string_view query = wire::split_target(request.target).second;
  if (wire::query_value(query, "X-Amz-Signature")) return false;
  const auto operation = wire::query_value(query, "Action");
  return operation && std::ranges::any_of(open_links, [&](const OpenLink& link) {
           return link.service == model.service() && link.operation == *operation;
         });
}

}  // namespace stepwell::server
