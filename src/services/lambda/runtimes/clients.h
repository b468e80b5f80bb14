#pragma once
// Our clients of the Runtime API, bootstrap.mjs and bootstrap.py, embedded into the program.

#include <string_view>

namespace stepwell::lambda {

extern const std::string_view node_client_text;
extern const std::string_view python_client_text;

}  // namespace stepwell::lambda
