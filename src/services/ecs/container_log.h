#pragma once
// What a container has written that is not in its log yet.

#include "base/time.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::ecs {

class ContainerLog {
 public:
  struct Line {
    Timestamp at{};
    std::string text;
  };
  // Lines that go into the log at once, and how many were read for them: empty lines are none, and what is more than
  // the buffer holds is lost, as with the log driver awslogs that does not block.
  struct Piece {
    std::vector<Line> lines;
    std::uint64_t read = 0;
  };

  void add(Timestamp at, std::string_view text) {
    ++read_;
    if (text.empty()) return;
    if (bytes_ + text.size() > max_bytes) {
      ++lost_;
      return;
    }
    last_ = std::max(last_, at);  // the log takes them in the order of their times
    bytes_ += text.size() + overhead;
    lines_.push_back({last_, std::string(text)});
  }
  bool empty() const { return read_ == 0; }

  // Within the bounds of one PutLogEvents.
  Piece take() {
    Piece piece;
    std::size_t bytes = 0;
    while (!lines_.empty() && piece.lines.size() < max_lines) {
      Line& line = lines_.front();
      bytes += line.text.size() + overhead;
      if (!piece.lines.empty() && (bytes > max_piece || line.at - piece.lines.front().at > max_span)) break;
      bytes_ -= line.text.size() + overhead;
      piece.lines.push_back(std::move(line));
      lines_.pop_front();
    }
    if (lines_.empty() && lost_ > 0) {
      piece.lines.push_back({last_, std::to_string(lost_) + " lines came too fast and are lost"});
      lost_ = 0;
    }
    piece.read = lines_.empty() ? read_ : std::min<std::uint64_t>(piece.lines.size(), read_);
    read_ -= piece.read;
    return piece;
  }
  // The piece could not be written.
  void put_back(Piece piece) {
    read_ += piece.read;
    for (; !piece.lines.empty(); piece.lines.pop_back()) {
      bytes_ += piece.lines.back().text.size() + overhead;
      lines_.push_front(std::move(piece.lines.back()));
    }
  }

 private:
  static constexpr std::size_t max_bytes = 10U << 20U;
  static constexpr std::size_t max_lines = 5'000;
  static constexpr std::size_t max_piece = 900'000;
  static constexpr std::size_t overhead = 26;
  static constexpr Duration max_span = std::chrono::hours(23);

  std::deque<Line> lines_;
  std::size_t bytes_ = 0;
  std::uint64_t read_ = 0;
  std::uint64_t lost_ = 0;
  Timestamp last_{};
};

}  // namespace stepwell::ecs
