#pragma once
// The APIs of services that Stepwell does not have itself. Workflows call them where an endpoint is given: AWS, or any
// program that speaks the service's protocol. Each is part of the program as text and read at its first use.

#include "wire/api_model.h"

#include <string_view>
#include <vector>

namespace stepwell::elsewhere {

// nullptr: the service is not known.
const wire::ApiModel* find_model(std::string_view service);

std::vector<std::string_view> names();  // sorted

}  // namespace stepwell::elsewhere
