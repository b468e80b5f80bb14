#pragma once
// What an execution comes to: the same form for the engine and for the reference, so that they can be compared.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::differential {

struct HistoryEvent {
  std::uint32_t id = 0;
  std::uint32_t previous = 0;
  std::string type;
  std::int64_t at = 0;  // milliseconds since the start
  // Members of the event's details as GetExecutionHistory names them, sorted; payloads as their text.
  std::vector<std::pair<std::string, std::string>> details;

  bool operator==(const HistoryEvent&) const = default;
};

struct Outcome {
  std::string status;
  std::optional<std::string> output, error, cause;
  std::vector<HistoryEvent> history;
  std::size_t retries = 0, catches = 0;  // of the reference
  // Of the reference: the first time (milliseconds since the start) at which an answer met another answer or a timer.
  // Which of them comes first is open, and all that follows from then on.
  std::optional<std::int64_t> tie = {};
};

// One line an event.
std::string to_text(const HistoryEvent& event);

}  // namespace stepwell::differential
