#pragma once
// Many timers, cheap to set and to cancel: a hierarchical wheel of ticks (Varghese and Lauck). Level n has 64 slots of
// 64^n ticks; a timer waits in the level of the highest six bits in which its due tick differs from the present one,
// and moves down a level each time the wheel reaches its slot: O(1) to set and to cancel, at most `kLevels` moves in
// its life.
//
// Pure: it knows ticks, not clocks. Net counts one tick a millisecond (see net/context.h).

#include <array>
#include <cstdint>
#include <optional>

namespace stepwell::net {

class TimerWheel {
 public:
  using Tick = std::uint64_t;

 private:
  // Entries form circular lists with a sentinel: one leaves without knowing which list it is in.
  struct Link {
    Link* previous = nullptr;
    Link* next = nullptr;
  };

 public:
  // A timer. It belongs to whoever sets it and leaves the wheel when it is destroyed; it may outlive the wheel.
  class Entry : private Link {
   public:
    Entry() = default;
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    virtual ~Entry() { cancel(); }

    void cancel();
    bool is_set() const { return next != nullptr; }

   private:
    friend TimerWheel;
    // The wheel has let go of the entry when it calls this: the entry may be set again or destroyed in it.
    virtual void expire() = 0;

    Tick due_ = 0;
  };

  TimerWheel() = default;
  ~TimerWheel();
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // Lets `entry` expire when the wheel is turned to `due` or later; an entry that is set already is moved. A tick in
  // the past means the next turn.
  void set(Entry& entry, Tick due);

  // Turns the wheel to `now` and expires what is due, in order of the due ticks. What is set for the past meanwhile
  // waits for the next turn.
  void turn(Tick now);

  // The tick at which `turn` has something to do: no later than the first timer, perhaps earlier. None: no timer is
  // set.
  std::optional<Tick> next() const;

 private:
  static constexpr unsigned kBits = 6;
  static constexpr unsigned kSlots = 1U << kBits;
  static constexpr unsigned kLevels = 7;
  static constexpr Tick kHorizon = (Tick{1} << (kBits * kLevels)) - 1;  // 139 years of milliseconds

  class List {
   public:
    List() : head_{&head_, &head_} {}
    List(const List&) = delete;
    List& operator=(const List&) = delete;
    bool empty() const { return head_.next == &head_; }
    void push_back(Entry& entry);
    Entry& pop_front();

   private:
    Link head_;
  };
  struct Level {
    std::array<List, kSlots> slots;
    std::uint64_t occupied = 0;  // a bit may outlast the last entry of its slot
  };
  struct Place {
    unsigned level;
    unsigned slot;
    Tick start;  // the first tick of the slot
  };

  void place(Entry& entry);
  std::optional<Place> first() const;

  std::array<Level, kLevels> levels_;
  List expired_;  // not yet called
  Tick now_ = 0;
};

}  // namespace stepwell::net
