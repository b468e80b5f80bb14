#pragma once
// The body of an answer that is made while it is sent: history as it grows. Whoever sends it asks for a piece when all
// pieces before it have left, so a reader that is slow holds one piece in memory, however long the body is.

#include "base/task.h"

#include <optional>
#include <string>

namespace stepwell::http {

class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // The next piece, not empty, as soon as there is one; nullopt: that was all. One call at a time, none after the end.
  // It ends soon when the `gone` of the request is set. An exception closes the connection.
  virtual Task<std::optional<std::string>> next() = 0;
};

}  // namespace stepwell::http
