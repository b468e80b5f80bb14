#pragma once
// The variables that the program was started with.

#include <functional>
#include <optional>
#include <string>

namespace stepwell::server {

// nullopt: it is not set, or empty.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

Environment process_environment();

}  // namespace stepwell::server
