#pragma once
// An asynchronous invocation as bytes of the table `function_event`; its key is the request id.

#include "services/lambda/events.h"

#include <optional>

namespace stepwell::lambda {

std::string encode(const EventRecord& event);
// nullopt: not a record of this or an earlier version.
std::optional<EventRecord> decode_event(std::string_view request_id, std::string_view value);

}  // namespace stepwell::lambda
