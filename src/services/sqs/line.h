#pragma once
// The messages of one queue that are in memory, and which of them is next. It knows no store and no clock.
//
// A message is delayed until it is due, then visible; whoever takes it has it in flight until it is removed or becomes
// visible again. In a standard queue messages come in about the order of their sequence numbers. In a FIFO queue that
// holds strictly within each group, and a group that has messages in flight gives no other out.

#include "base/time.h"
#include "services/sqs/run.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::sqs {

// Orders the messages of a queue; grows with time (sequences.h).
using Sequence = std::uint64_t;

enum class Order : std::uint8_t { standard, fifo };

struct Entry {
  Sequence sequence = 0;
  Timestamp first_received{};
  std::uint32_t receives = 0;
  std::uint32_t group = 0;  // of a FIFO queue (Line::group)
};

class Line {
 public:
  explicit Line(Order order) : order_(order) {}

  // The number that stands for a group; it holds as long as messages of the group are here.
  std::uint32_t group(std::string_view name);

  // A message that is not here yet.
  void add(const Entry& entry, Timestamp due, Timestamp now);
  struct Flight {
    Entry entry;
    Timestamp received{};  // last
    Timestamp visible{};
  };
  // One that is in flight already.
  void add_in_flight(const Flight& flight);

  // Lets delayed messages become due, and those in flight visible again.
  void pass(Timestamp now);
  // When that happens next.
  std::optional<Timestamp> next_change() const;

  // Takes the next message out of the line; the caller sends it on its flight, puts it back or drops it. `group` is the
  // one that the same receive has taken from already (0: none): it gives what else it has first.
  std::optional<Entry> take(std::uint32_t& group);
  void fly(const Flight& flight);
  void put_back(const Entry& entry);
  void drop(const Entry& entry);

  // nullptr: it is not in flight.
  const Flight* flight(Sequence sequence) const;
  // How often a message that is visible again has been received; nullopt: it is not here, or never was.
  std::optional<std::uint32_t> receives_of_visible(Sequence sequence) const;
  // Of one in flight.
  void change_visibility(Sequence sequence, Timestamp visible);
  // Of one in flight, or visible again in a standard queue. Another is dropped when it is taken and found to be gone.
  void remove(Sequence sequence);
  void remove_before(Sequence sequence);
  void clear();

  std::size_t visible() const { return visible_; }
  std::size_t delayed() const { return delayed_.size(); }
  std::size_t in_flight() const { return flights_.size(); }
  std::size_t size() const { return visible() + delayed() + in_flight(); }

 private:
  struct Due {
    Timestamp at{};
    Entry entry;
    bool operator>(const Due& other) const { return at > other.at; }
  };
  struct Expiry {
    Timestamp at{};
    Sequence sequence = 0;
    bool operator>(const Expiry& other) const { return at > other.at; }
  };
  template <typename T>
  using Soonest = std::priority_queue<T, std::vector<T>, std::greater<>>;

  struct Group {
    std::string name;
    Run<Entry> entries;       // those that are not due yet too
    std::size_t out = 0;      // taken and not yet removed or back
    std::size_t waiting = 0;  // entries that are not due yet: the last ones
    bool listed = false;      // among ready_groups_
  };

  void make_visible(const Entry& entry);
  void list(std::uint32_t number, Group& group);
  void leave(std::uint32_t number);
  std::optional<Entry> take_standard();
  std::optional<Entry> take_of(std::uint32_t number);

  const Order order_;
  std::size_t visible_ = 0;
  std::deque<Entry> ready_;                                 // of a standard queue
  std::unordered_map<Sequence, std::uint32_t> seen_again_;  // the visible ones that were received before: how often
  Soonest<Due> delayed_;
  std::unordered_map<Sequence, Flight> flights_;
  Soonest<Expiry> expiries_;  // of flights_, with some that have been changed or have ended since
  std::unordered_map<std::uint32_t, Group> groups_;
  std::unordered_map<std::string, std::uint32_t> group_numbers_;
  std::deque<std::uint32_t> ready_groups_;
  std::uint32_t last_group_ = 0;
};

}  // namespace stepwell::sqs
