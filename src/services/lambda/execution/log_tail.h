#pragma once
// The end of what a function writes: the 4 KB that an invocation can ask for, however much there is.

#include <string>
#include <string_view>

namespace stepwell::lambda {

class LogTail {
 public:
  static constexpr std::size_t capacity = 4'096;

  void append(std::string_view text) {
    if (text.size() > capacity) text.remove_prefix(text.size() - capacity);
    // Cut back in steps, so that many small pieces are not each moved.
    if (text_.size() + text.size() > 2 * capacity) text_.erase(0, text_.size() - std::min(text_.size(), capacity));
    text_ += text;
  }
  std::string take() {
    if (text_.size() > capacity) text_.erase(0, text_.size() - capacity);
    return std::exchange(text_, {});
  }

 private:
  std::string text_;
};

}  // namespace stepwell::lambda
