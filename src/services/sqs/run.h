#pragma once
// The entries of one message group in order: small where there are few, as there may be very many groups.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace stepwell::sqs {

template <typename Entry>
class Run {
 public:
  bool empty() const { return head_ == entries_.size(); }
  std::size_t size() const { return entries_.size() - head_; }
  const Entry& front() const { return entries_[head_]; }

  void pop_front() {
    ++head_;
    // What is moved was passed over as often before.
    if (head_ * 2 < entries_.size()) return;
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  // At its place by sequence number: mostly at the end, or at the beginning where it comes back.
  void insert(const Entry& entry) {
    if (empty() || entries_.back().sequence < entry.sequence) return entries_.push_back(entry);
    if (head_ > 0 && entry.sequence < front().sequence) {
      entries_[--head_] = entry;
      return;
    }
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(head_);
    entries_.insert(std::ranges::lower_bound(begin, entries_.end(), entry.sequence, {}, &Entry::sequence), entry);
  }

 private:
  std::vector<Entry> entries_;
  std::size_t head_ = 0;  // those before it have gone
};

}  // namespace stepwell::sqs
