#pragma once
// The lines that Lambda writes around an invocation's output, and its words for how a process ended.

#include "base/ports.h"
#include "base/process.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::lambda {

struct Report {
  std::string_view request_id;
  Duration duration{};
  std::uint32_t memory_size_mb = 0;
  std::uint64_t max_memory_used = 0;      // bytes
  std::optional<Duration> init_duration;  // of the first invocation of a process
};

// START RequestId: … Version: $LATEST
std::string start_line(std::string_view request_id);
// END RequestId: …
// REPORT RequestId: …	Duration: … ms	…
std::string report_lines(const Report& report);
std::string timeout_line(Timestamp now, std::string_view request_id, std::string_view message);
std::string exit_line(std::string_view request_id, std::string_view message);

// "Runtime exited with error: exit status 1", "… signal: killed", "Runtime exited without providing a reason"
std::string exit_message(ProcessExit exit);

// "2024/05/01/[$LATEST]0123…": a name for what one process writes.
std::string log_stream_name(Timestamp now, Random& random);

}  // namespace stepwell::lambda
