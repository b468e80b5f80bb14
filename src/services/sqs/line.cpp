#include "services/sqs/line.h"

#include <algorithm>

namespace stepwell::sqs {
namespace {

// Expiries that have been overtaken, before they are thrown out.
constexpr std::size_t most_stale = 1'024;

}  // namespace

std::uint32_t Line::group(std::string_view name) {
  if (order_ == Order::standard) return 0;
  const auto [found, made] = group_numbers_.try_emplace(std::string(name), last_group_ + 1);
  if (made) groups_[++last_group_].name = name;
  return found->second;
}

void Line::add(const Entry& entry, Timestamp due, Timestamp now) {
  if (due <= now) return make_visible(entry);
  delayed_.push({due, entry});
  if (order_ == Order::standard) return;
  Group& group = groups_.at(entry.group);
  group.entries.insert(entry);
  ++group.waiting;
}

void Line::add_in_flight(const Flight& flight) {
  if (order_ == Order::fifo) ++groups_.at(flight.entry.group).out;
  fly(flight);
}

void Line::pass(Timestamp now) {
  while (!delayed_.empty() && delayed_.top().at <= now) {
    const Entry entry = delayed_.top().entry;
    delayed_.pop();
    if (order_ == Order::standard) {
      make_visible(entry);
      continue;
    }
    Group& group = groups_.at(entry.group);
    --group.waiting;
    ++visible_;
    list(entry.group, group);
  }
  while (!expiries_.empty() && expiries_.top().at <= now) {
    const Expiry expiry = expiries_.top();
    expiries_.pop();
    const auto flight = flights_.find(expiry.sequence);
    if (flight == flights_.end() || flight->second.visible != expiry.at) continue;
    const Entry entry = flight->second.entry;
    flights_.erase(flight);
    put_back(entry);
  }
}

std::optional<Timestamp> Line::next_change() const {
  std::optional<Timestamp> next;
  if (!delayed_.empty()) next = delayed_.top().at;
  if (!expiries_.empty()) next = std::min(next.value_or(Timestamp::max()), expiries_.top().at);
  return next;
}

std::optional<Entry> Line::take(std::uint32_t& group) {
  if (order_ == Order::standard) return take_standard();
  if (group != 0) {
    if (auto entry = take_of(group)) return entry;
  }
  while (!ready_groups_.empty()) {
    group = ready_groups_.front();
    ready_groups_.pop_front();
    const auto found = groups_.find(group);
    if (found == groups_.end()) continue;
    found->second.listed = false;
    if (found->second.out > 0) continue;
    if (auto entry = take_of(group)) return entry;
  }
  group = 0;
  return std::nullopt;
}

std::optional<Entry> Line::take_standard() {
  while (!ready_.empty()) {
    const Entry entry = ready_.front();
    ready_.pop_front();
    // One that was received before may have been removed since.
    if (entry.receives > 0) {
      const auto seen = seen_again_.find(entry.sequence);
      if (seen == seen_again_.end() || seen->second != entry.receives) continue;
      seen_again_.erase(seen);
    }
    --visible_;
    return entry;
  }
  return std::nullopt;
}

std::optional<Entry> Line::take_of(std::uint32_t number) {
  const auto found = groups_.find(number);
  if (found == groups_.end()) return std::nullopt;
  Group& group = found->second;
  if (group.entries.size() <= group.waiting) return std::nullopt;
  const Entry entry = group.entries.front();
  group.entries.pop_front();
  ++group.out;
  --visible_;
  if (entry.receives > 0) seen_again_.erase(entry.sequence);
  return entry;
}

void Line::fly(const Flight& flight) {
  flights_[flight.entry.sequence] = flight;
  expiries_.push({flight.visible, flight.entry.sequence});
}

void Line::put_back(const Entry& entry) {
  if (order_ == Order::fifo) --groups_.at(entry.group).out;
  make_visible(entry);
}

void Line::drop(const Entry& entry) {
  if (order_ == Order::fifo) leave(entry.group);
}

const Line::Flight* Line::flight(Sequence sequence) const {
  const auto found = flights_.find(sequence);
  return found == flights_.end() ? nullptr : &found->second;
}

std::optional<std::uint32_t> Line::receives_of_visible(Sequence sequence) const {
  const auto found = seen_again_.find(sequence);
  return found == seen_again_.end() ? std::nullopt : std::optional(found->second);
}

void Line::change_visibility(Sequence sequence, Timestamp visible) {
  Flight& flight = flights_.at(sequence);
  flight.visible = visible;
  expiries_.push({visible, sequence});
  if (expiries_.size() <= 2 * flights_.size() + most_stale) return;
  expiries_ = {};
  for (const auto& [each, of_it] : flights_) expiries_.push({of_it.visible, each});
}

void Line::remove(Sequence sequence) {
  if (order_ == Order::standard && seen_again_.erase(sequence) > 0) {
    --visible_;
    return;
  }
  const auto flight = flights_.find(sequence);
  if (flight == flights_.end()) return;
  const Entry entry = flight->second.entry;
  flights_.erase(flight);
  drop(entry);
}

void Line::remove_before(Sequence sequence) {
  const auto is_before = [sequence](const Entry& entry) { return entry.sequence < sequence; };
  std::erase_if(seen_again_, [&](const auto& seen) { return seen.first < sequence; });
  // What was removed while it was visible has left the count already.
  const auto counts = [&](const Entry& entry) { return entry.receives == 0 || seen_again_.contains(entry.sequence); };
  std::vector<std::uint32_t> left;
  for (auto flight = flights_.begin(); flight != flights_.end();) {
    if (!is_before(flight->second.entry)) {
      ++flight;
      continue;
    }
    if (order_ == Order::fifo) left.push_back(flight->second.entry.group);
    flight = flights_.erase(flight);
  }
  std::erase_if(ready_, is_before);
  for (auto& [number, group] : groups_) {
    while (group.entries.size() > group.waiting && is_before(group.entries.front())) group.entries.pop_front();
    // A group without anything goes as one does that is left.
    if (group.entries.empty() && group.out == 0) {
      ++group.out;
      left.push_back(number);
    }
  }
  for (const std::uint32_t number : left) leave(number);
  visible_ = static_cast<std::size_t>(std::ranges::count_if(ready_, counts));
  for (const auto& [number, group] : groups_) visible_ += group.entries.size() - group.waiting;
}

void Line::clear() {
  visible_ = 0;
  ready_.clear();
  seen_again_.clear();
  delayed_ = {};
  flights_.clear();
  expiries_ = {};
  groups_.clear();
  group_numbers_.clear();
  ready_groups_.clear();
}

void Line::make_visible(const Entry& entry) {
  ++visible_;
  if (entry.receives > 0) seen_again_[entry.sequence] = entry.receives;
  if (order_ == Order::standard) {
    ready_.push_back(entry);
    return;
  }
  Group& group = groups_.at(entry.group);
  group.entries.insert(entry);
  list(entry.group, group);
}

void Line::list(std::uint32_t number, Group& group) {
  if (group.listed || group.out > 0 || group.entries.size() <= group.waiting) return;
  group.listed = true;
  ready_groups_.push_back(number);
}

void Line::leave(std::uint32_t number) {
  Group& group = groups_.at(number);
  --group.out;
  if (group.out > 0 || !group.entries.empty()) return list(number, group);
  group_numbers_.erase(group.name);
  groups_.erase(number);
}

}  // namespace stepwell::sqs
