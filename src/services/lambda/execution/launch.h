#pragma once
// What a function's process is started with: its command, its working directory (the package), and an environment of
// its own with the variables that AWS documents.
//
// Memory: MemorySize bounds what the process and its children hold for themselves (memory.h, looked at while they run).
// Beside it, node gets a heap below that bound; Python gets a bound of its address space far above it, which stops what
// grows between two looks. Address space is no measure for node and unknown bootstraps, whose virtual machines reserve
// gigabytes that they never touch.

#include "base/error.h"
#include "base/process.h"
#include "services/lambda/execution/runtime.h"
#include "services/lambda/functions.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace stepwell::lambda {

// What functions are told of this server.
struct Surroundings {
  std::string region;
  std::string endpoint_url;  // empty: SDKs inside functions use their own
  std::string access_key;
  std::string secret_key;
  std::string session_token;  // empty: none
};

struct LaunchPlace {
  const std::filesystem::path& code;  // the unpacked package
  std::filesystem::path home;         // HOME and TMPDIR; the process may write there
  std::uint16_t runtime_api_port = 0;
  std::string log_stream;
};

// Errors: InvalidRuntimeException; "Runtime.InvalidEntrypoint" (told as the function's error) when the package has no
// bootstrap that can be run.
Result<ProcessSpec> plan_launch(const FunctionRecord& function, Runtimes& runtimes, const Surroundings& surroundings,
                                const LaunchPlace& place);

}  // namespace stepwell::lambda
