#pragma once
// An event source mapping: a function is called with what comes into a queue. What is kept of it, and its key and value
// in the store.

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::lambda {

struct Mapping {
  std::string id;            // UUID
  std::string arn;           // of the mapping
  std::string function_arn;  // as it was named, with its qualifier
  std::string source_arn;    // of the queue
  bool enabled = true;
  std::uint32_t batch_size = 10;
  std::uint32_t window_seconds = 0;   // how long a batch is gathered
  bool reports_failures = false;      // ReportBatchItemFailures
  std::uint32_t max_concurrency = 0;  // 0: as the service likes
  std::vector<std::string> filters;   // patterns; a message has to fit one. Empty: all do
  std::string tags = "{}";            // JSON object
  Timestamp modified{};
};

std::string mapping_key(std::string_view id);
std::string encode(const Mapping& mapping);
std::optional<Mapping> decode_mapping(std::string_view key, std::string_view value);

}  // namespace stepwell::lambda
