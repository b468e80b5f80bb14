#pragma once
// What of table `delivery` is in memory: for each target that has rows, where its next ones are. Targets take turns.
//
// A lane reads the places of its next rows ahead and remembers up to where. A row that is taken is the taker's until it
// is given back: `done` when its row is gone, `put_off` when it is there still. A target without rows has no lane.

#include "base/error.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/deliveries/row.h"
#include "store/store.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepwell::deliveries {

class Lanes {
 public:
  struct Bounds {
    std::size_t taken;       // of one lane at once
    std::size_t read_ahead;  // places of one lane
  };
  struct Taken {
    std::string target;
    std::string key;
  };

  // `wake` is called when there may be something to take that was not there at the last call of `take`.
  Lanes(store::Store& store, Scheduler& scheduler, Clock& clock, Bounds bounds, std::function<void()> wake)
      : store_(store), scheduler_(scheduler), clock_(clock), bounds_(bounds), wake_(std::move(wake)) {}

  // A lane for every target that has rows: one look into the table for each.
  Result<void> open();
  // There is a row, durable, that was not there before.
  void arrived(const std::string& target, const std::string& key);

  // The next row whose turn it is; nullopt: none is due now, or its lane has taken as many as it may.
  Result<std::optional<Taken>> take();
  void done(const Taken& taken);
  // It is there still and is due then.
  void put_off(const Taken& taken, Timestamp until);

  std::size_t size() const { return lanes_.size(); }

 private:
  struct Lane {
    std::string target;
    std::string next;               // nothing before it is unread
    bool is_read = false;           // nothing behind it either
    std::deque<std::string> ready;  // read ahead, all due
    std::set<std::string> held;     // those, and what is taken
    std::size_t taken = 0;
    std::optional<Timestamp> rests;  // until then
    std::unique_ptr<Timer> timer;    // for the end of that
    bool has_turn = false;
  };

  Lane& lane_of(const std::string& target, const std::string& key);
  void queue(Lane& lane);
  void give_turn(Lane& lane);
  void rest(Lane& lane, Timestamp until);
  Result<void> read_ahead(Lane& lane);
  void given_back(const Taken& taken);
  void close_if_empty(const std::string& target);

  store::Store& store_;
  Scheduler& scheduler_;
  Clock& clock_;
  const Bounds bounds_;
  std::function<void()> wake_;
  std::unordered_map<std::string, std::unique_ptr<Lane>> lanes_;  // by target
  std::deque<Lane*> turns_;
};

}  // namespace stepwell::deliveries
