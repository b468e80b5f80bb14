#include "services/deliveries/lanes.h"

#include "store/codec.h"

namespace stepwell::deliveries {
namespace {

using store::Table;

Error unreadable() { return internal_error("The place of a delivery cannot be read."); }

}  // namespace

Result<void> Lanes::open() {
  std::string from;
  while (true) {
    const auto cursor = store_.scan(Table::delivery, from, {}, store::Direction::forward);
    TRY(cursor->status());
    if (!cursor->valid()) return {};
    const auto place = decode_place(cursor->key());
    if (!place) return fail(unreadable());
    arrived(place->target, std::string(cursor->key()));
    from = store::prefix_end(target_prefix(place->target));
  }
}

Lanes::Lane& Lanes::lane_of(const std::string& target, const std::string& key) {
  auto& lane = lanes_[target];
  if (!lane) {
    lane = std::make_unique<Lane>();
    lane->target = target;
    lane->next = key;
  }
  return *lane;
}

void Lanes::arrived(const std::string& target, const std::string& key) {
  Lane& lane = lane_of(target, key);
  lane.next = std::min(lane.next, key);
  lane.is_read = false;
  give_turn(lane);
}

void Lanes::queue(Lane& lane) {
  if (lane.has_turn || lane.taken >= bounds_.taken) return;
  lane.has_turn = true;
  turns_.push_back(&lane);
}

void Lanes::give_turn(Lane& lane) {
  queue(lane);
  wake_();
}

// Wakes when the first row that is not due yet is.
void Lanes::rest(Lane& lane, Timestamp until) {
  if (lane.rests && *lane.rests <= until) return;
  lane.rests = until;
  lane.timer = scheduler_.after(std::max(until - clock_.now(), Duration::zero()), [this, &lane] {
    lane.rests.reset();
    const auto timer = std::move(lane.timer);
    give_turn(lane);
  });
}

Result<void> Lanes::read_ahead(Lane& lane) {
  if (lane.is_read || !lane.ready.empty()) return {};
  const Timestamp now = clock_.now();
  const auto cursor =
      store_.scan(Table::delivery, lane.next, store::prefix_end(target_prefix(lane.target)), store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    const auto place = decode_place(cursor->key());
    if (!place) return fail(unreadable());
    lane.next = cursor->key();
    if (lane.ready.size() == bounds_.read_ahead) return {};
    if (place->due > now) {
      rest(lane, place->due);
      return {};
    }
    if (lane.held.insert(lane.next).second) lane.ready.push_back(lane.next);
  }
  TRY(cursor->status());
  lane.next = store::prefix_end(target_prefix(lane.target));
  lane.is_read = true;
  return {};
}

Result<std::optional<Lanes::Taken>> Lanes::take() {
  while (!turns_.empty()) {
    Lane& lane = *turns_.front();
    turns_.pop_front();
    lane.has_turn = false;
    if (const auto read = read_ahead(lane); !read) {
      queue(lane);
      return fail(read.error());
    }
    if (lane.ready.empty()) {
      close_if_empty(std::string(lane.target));
      continue;
    }
    Taken taken{.target = lane.target, .key = std::move(lane.ready.front())};
    lane.ready.pop_front();
    ++lane.taken;
    queue(lane);
    return taken;
  }
  return std::nullopt;
}

void Lanes::given_back(const Taken& taken) {
  Lane& lane = *lanes_.at(taken.target);
  lane.held.erase(taken.key);
  --lane.taken;
}

void Lanes::done(const Taken& taken) {
  given_back(taken);
  give_turn(*lanes_.at(taken.target));
}

void Lanes::put_off(const Taken& taken, Timestamp until) {
  given_back(taken);
  Lane& lane = *lanes_.at(taken.target);
  lane.next = std::min(lane.next, taken.key);
  lane.is_read = false;
  rest(lane, until);
}

void Lanes::close_if_empty(const std::string& target) {
  const auto lane = lanes_.find(target);
  if (lane->second->taken == 0 && lane->second->is_read) lanes_.erase(lane);
}

}  // namespace stepwell::deliveries
