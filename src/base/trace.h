#pragma once
// Spans, as OpenTelemetry has them, and where they go. Names and numbers only: what users put into workflows is not in
// them.

#include "base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::trace {

struct Attribute {
  std::string_view key;  // a literal
  std::string value;
};

struct Event {
  std::string_view name;  // a literal
  Timestamp at{};
  std::vector<Attribute> attributes;
};

struct Span {
  std::string trace;   // 32 hexadecimal digits
  std::string id;      // 16 of them
  std::string parent;  // likewise; empty: none
  std::string name;
  Timestamp start{}, end{};
  std::vector<Attribute> attributes;
  std::vector<Event> events;
  bool failed = false;
  std::string error;  // name of the error, where it failed
};

class Sink {
 public:
  virtual ~Sink() = default;
  // Takes a span that has ended. Never waits; what is too much is dropped.
  virtual void add(Span span) = 0;
};

}  // namespace stepwell::trace
