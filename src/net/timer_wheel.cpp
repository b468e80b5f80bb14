#include "net/timer_wheel.h"

#include "base/check.h"

#include <algorithm>
#include <bit>

namespace stepwell::net {

void TimerWheel::Entry::cancel() {
  if (!is_set()) return;
  previous->next = next;
  next->previous = previous;
  previous = next = nullptr;
}

void TimerWheel::List::push_back(Entry& entry) {
  entry.previous = head_.previous;
  entry.next = &head_;
  head_.previous->next = &entry;
  head_.previous = &entry;
}

TimerWheel::Entry& TimerWheel::List::pop_front() {
  auto& entry = static_cast<Entry&>(*head_.next);
  entry.cancel();
  return entry;
}

TimerWheel::~TimerWheel() {
  const auto release = [](List& list) {
    while (!list.empty()) list.pop_front();
  };
  for (auto& level : levels_) std::ranges::for_each(level.slots, release);
  release(expired_);
}

void TimerWheel::set(Entry& entry, Tick due) {
  entry.cancel();
  entry.due_ = std::clamp(due, now_, std::max(now_, kHorizon));
  place(entry);
}

void TimerWheel::place(Entry& entry) {
  const auto differing_bits = static_cast<unsigned>(std::bit_width(entry.due_ ^ now_));
  const auto level = differing_bits == 0 ? 0 : (differing_bits - 1) / kBits;
  const auto slot = static_cast<unsigned>(entry.due_ >> (level * kBits)) % kSlots;
  levels_[level].slots[slot].push_back(entry);
  levels_[level].occupied |= std::uint64_t{1} << slot;
}

// Everything in a level lies beyond everything in the levels below it, and beyond the slot that the present is in.
std::optional<TimerWheel::Place> TimerWheel::first() const {
  for (unsigned level = 0; level < kLevels; ++level) {
    const auto& [slots, occupied] = levels_[level];
    for (auto bits = occupied; bits != 0; bits &= bits - 1) {
      const auto slot = static_cast<unsigned>(std::countr_zero(bits));
      if (slots[slot].empty()) continue;
      const auto shift = level * kBits;
      const auto block = now_ >> (shift + kBits) << (shift + kBits);
      return Place{level, slot, block | Tick{slot} << shift};
    }
  }
  return std::nullopt;
}

std::optional<TimerWheel::Tick> TimerWheel::next() const {
  if (!expired_.empty()) return now_;
  const auto place = first();
  return place ? std::optional(place->start) : std::nullopt;
}

void TimerWheel::turn(Tick now) {
  CHECK(now >= now_);
  while (const auto place = first()) {
    if (place->start > now) break;
    now_ = place->start;
    auto& [slots, occupied] = levels_[place->level];
    occupied &= ~(std::uint64_t{1} << place->slot);
    auto& slot = slots[place->slot];
    while (!slot.empty()) {
      auto& entry = slot.pop_front();
      if (entry.due_ > now_)
        this->place(entry);
      else
        expired_.push_back(entry);
    }
  }
  now_ = now;
  while (!expired_.empty()) expired_.pop_front().expire();
}

}  // namespace stepwell::net
