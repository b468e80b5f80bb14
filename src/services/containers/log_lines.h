#pragma once
// What containers write, as Docker's API gives it: frames of eight bytes (stream, three zeros, length) and a piece of
// standard output or error, in which every line begins with its time. Made into lines of valid UTF-8; a line without
// an end is told when the log ends.

#include "base/time.h"

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace stepwell::containers {

class LogLines {
 public:
  using OnLine = std::function<void(Timestamp, std::string_view line)>;

  // The first `skip` lines are not told. Lines are cut at `max_line` bytes.
  LogLines(std::size_t skip, std::size_t max_line, OnLine on_line)
      : skip_(skip), max_line_(max_line), on_line_(std::move(on_line)) {}

  void feed(std::string_view bytes);
  void end();
  std::size_t lines() const { return lines_; }  // so far, with those that were skipped

 private:
  void take(std::string& line, std::string_view bytes);
  void tell(std::string& line);

  std::size_t skip_;
  std::size_t max_line_;
  OnLine on_line_;
  std::size_t lines_ = 0;
  std::string header_;    // of the next frame, as far as it is here
  std::size_t left_ = 0;  // bytes of this frame
  bool is_error_ = false;
  std::array<std::string, 2> unfinished_;  // lines of standard output and error
};

// `text` with what is no UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace stepwell::containers
