#pragma once
// What a function writes, for two readers: the end of it for the invocation that asks (LogTail), and line by line for
// the operator's log at debug level, up to a bound for each invocation.

#include "base/ports.h"
#include "services/lambda/execution/log_tail.h"

#include <string>
#include <string_view>

namespace stepwell::lambda {

class OutputLog {
 public:
  OutputLog(Log& log, std::string_view function_name) : log_(&log), prefix_(std::string(function_name) + ": ") {}

  void append(std::string_view text);
  // The end of what came since the last call; begins a new bound for the operator's log.
  std::string take_tail();

 private:
  void write_line();

  Log* log_;
  std::string prefix_;
  LogTail tail_;
  std::string line_;  // not ended yet
  std::size_t written_ = 0;
  bool told_of_bound_ = false;
};

}  // namespace stepwell::lambda
