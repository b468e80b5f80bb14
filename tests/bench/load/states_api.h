#pragma once
// Requests to Step Functions as bytes, and what is wanted of the answers.

#include "load/closed_loop.h"
#include "load/workloads.h"

#include <string>
#include <string_view>

namespace stepwell::load {

// A JSON text.
std::string quoted(std::string_view text);
std::string request(std::string_view operation, std::string_view body);
// StartExecution or StartSyncExecution of the machine and input that the settings name.
std::string start_request(std::string_view operation, const Settings& settings);
// The text that a member of that name holds, its escapes as they are; "" where there is none. Names are looked for
// anywhere in the answer.
std::string_view member(std::string_view body, std::string_view name);
// Ends the program where the answer is none of success.
void expect_success(const Answer& answer);

}  // namespace stepwell::load
