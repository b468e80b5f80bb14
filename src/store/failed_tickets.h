#pragma once
// Which commits have failed, so that what rests on them fails too. Only commits under way can be rested on, so the
// oldest failures are forgotten when there are many.

#include "store/store.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

namespace stepwell::store {

class FailedTickets {
 public:
  // All of [begin, end); calls come in ascending order.
  void add(Ticket begin, Ticket end) {
    if (!ranges_.empty() && ranges_.back().second == begin) {
      ranges_.back().second = end;
      return;
    }
    ranges_.emplace_back(begin, end);
    if (ranges_.size() > max_ranges) ranges_.pop_front();
  }

  bool contains(Ticket ticket) const {
    if (ticket == 0 || ranges_.empty() || ticket >= ranges_.back().second) return false;
    return std::ranges::any_of(ranges_,
                               [ticket](const auto& range) { return range.first <= ticket && ticket < range.second; });
  }

 private:
  static constexpr std::size_t max_ranges = 4096;
  std::deque<std::pair<Ticket, Ticket>> ranges_;
};

}  // namespace stepwell::store
