#pragma once
// The URL that SendMessage knows a queue by, made from its ARN.

#include "wire/arn.h"

#include <string>

#include <fmt/format.h>

namespace stepwell::deliveries {

inline std::string queue_url(const wire::Arn& queue) {
  return fmt::format("https://sqs.{}.amazonaws.com/{}/{}", queue.region, queue.account, queue.resource);
}

}  // namespace stepwell::deliveries
