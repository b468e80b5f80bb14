#pragma once
// Requests to API destinations: the endpoint with its path parameters, headers and query of the target.

#include "services/deliveries/delivery.h"
#include "services/events/registry.h"

#include <string>

namespace stepwell::events {

// `target` is of the shape Target. Error "ResourceNotFoundException" where the destination is gone.
Result<deliveries::HttpRequest> api_request(const Named& destination, const json::Value& target, std::string body,
                                            Registry& registry);

// The destination that an ARN names: …:api-destination/<name>/<uuid>. The name alone finds it.
Place resource_place(const Place& named);

// Each * of the text stands for the next of the values, percent-encoded.
std::string with_path_values(std::string_view text, std::span<const json::Value> values);

// Adds name=value, percent-encoded, to the query of a URL.
void add_query(std::string& url, std::string_view name, std::string_view value);

}  // namespace stepwell::events
