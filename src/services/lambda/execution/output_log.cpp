#include "services/lambda/execution/output_log.h"

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_written = 64U << 10U;
constexpr std::size_t max_line = 4U << 10U;

}  // namespace

void OutputLog::append(std::string_view text) {
  tail_.append(text);
  while (!text.empty()) {
    if (written_ >= max_written) {
      if (!std::exchange(told_of_bound_, true)) log_->debug(prefix_ + "(what it writes from here on is not logged)");
      line_.clear();
      return;
    }
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t taken = std::min(end, max_line - line_.size());
    line_ += text.substr(0, taken);
    text.remove_prefix(taken);
    const bool ended = text.starts_with('\n');
    if (ended) text.remove_prefix(1);
    if (ended || line_.size() == max_line) write_line();
  }
}

void OutputLog::write_line() {
  written_ += line_.size() + 1;
  if (!line_.empty()) log_->debug(prefix_ + line_);
  line_.clear();
}

std::string OutputLog::take_tail() {
  if (!line_.empty()) write_line();
  written_ = 0;
  told_of_bound_ = false;
  return tail_.take();
}

}  // namespace stepwell::lambda
