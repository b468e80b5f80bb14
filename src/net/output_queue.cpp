#include "net/output_queue.h"

#include <algorithm>
#include <utility>

namespace stepwell::net {
namespace {

constexpr std::size_t kLarge = 16U << 10U;  // copying less is cheaper than one more buffer in the call

}  // namespace

std::size_t OutputQueue::size() const {
  std::size_t sum = 0;
  for (auto i = first_; i < pieces_.size(); ++i) sum += pieces_[i].size();
  return sum - sent_;
}

std::string& OutputQueue::text() {
  if (!std::exchange(open_, true)) pieces_.emplace_back();
  return pieces_.back();
}

void OutputQueue::append(std::string&& bytes) {
  if (bytes.size() < kLarge) {
    text() += bytes;
  } else {
    pieces_.push_back(std::move(bytes));
    open_ = false;
  }
}

OutputQueue::Buffers OutputQueue::front() const {
  Buffers buffers;
  auto offset = sent_;
  for (auto i = first_; i < pieces_.size() && buffers.size() < buffers.capacity(); ++i) {
    buffers.emplace_back(pieces_[i].data() + offset, pieces_[i].size() - offset);
    offset = 0;
  }
  return buffers;
}

void OutputQueue::consume(std::size_t bytes) {
  while (first_ < pieces_.size()) {
    const auto rest = pieces_[first_].size() - sent_;
    if (bytes < rest) {
      sent_ += bytes;
      return;
    }
    bytes -= rest;
    sent_ = 0;
    const bool reusable = open_ && first_ + 1 == pieces_.size() && pieces_[first_].capacity() <= kLarge;
    if (reusable) {
      pieces_.front() = std::move(pieces_[first_]);
      pieces_.front().clear();
      pieces_.resize(1);
      first_ = 0;
      return;
    }
    pieces_[first_++] = {};
  }
  clear();
}

void OutputQueue::clear() {
  pieces_.clear();
  first_ = sent_ = 0;
  open_ = false;
}

}  // namespace stepwell::net
