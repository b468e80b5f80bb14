#pragma once
// AWS's trace header (X-Amzn-Trace-Id): "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1".

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

struct TraceHeader {
  std::string trace;   // 32 hexadecimal digits, lower case
  std::string parent;  // 16, or empty
  bool sampled = true;

  // nullopt: it names no trace.
  static std::optional<TraceHeader> parse(std::string_view text);
};

}  // namespace stepwell::states
