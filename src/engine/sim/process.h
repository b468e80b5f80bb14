#pragma once
// One life of the program: an engine, and the doors through which it acts on the world. When the process dies, also in
// the middle of what it does, the doors are shut: nothing that it does afterwards happens.

#include "engine/engine.h"
#include "engine/sim/disk.h"
#include "engine/sim/time.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace stepwell::engine::sim {

// The revisions, which outlive every crash.
class SimWorld final : public World {
 public:
  explicit SimWorld(std::vector<std::shared_ptr<const Revision>> machines);
  bool activity_exists(std::string_view) override { return true; }
  std::string task_token(const TaskRef& task) override;
  std::shared_ptr<const Revision> revision(std::string_view, std::string_view id) override;
  const std::vector<std::shared_ptr<const Revision>>& machines() const { return machines_; }

 private:
  std::vector<std::shared_ptr<const Revision>> machines_;
};

class Process {
 public:
  Process(Life life, VirtualTime& time, Disk& disk, SimWorld& world, Effects& effects, Random& random,
          const Limits& limits);
  ~Process();

  Result<void> recover() { return engine_->recover(); }
  Engine& engine() { return *engine_; }
  store::Store& store() { return door_; }
  LifeScheduler& scheduler() { return scheduler_; }
  Log& log() { return log_; }
  Life life() const { return life_; }

  bool alive() const { return alive_; }
  // Dies at the door number `calls` from now on.
  void die_after(std::uint64_t calls) { calls_left_ = calls; }
  // Whether the next act reaches the world.
  bool acts();

  // An answer to a client: it is lost when the process dies first.
  template <typename T, typename Receive>
  Reply<T> reply(Receive receive) {
    return [this, receive = std::move(receive)](Result<T> result) mutable {
      if (acts()) receive(std::move(result));
    };
  }

 private:
  class StoreDoor final : public store::Store {
   public:
    StoreDoor(Process& process, Disk& disk) : process_(process), disk_(disk) {}
    Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
      return disk_.get(table, key);
    }
    std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                        store::Direction direction) override {
      return disk_.scan(table, from, to, direction);
    }
    store::Ticket write(store::Batch batch, store::Committed committed) override {
      return process_.acts() ? disk_.commit(std::move(batch), std::move(committed)) : 0;
    }

   private:
    Process& process_;
    Disk& disk_;
  };
  class EffectsDoor final : public Effects {
   public:
    EffectsDoor(Process& process, Effects& effects) : process_(process), effects_(effects) {}
    void perform(Effect effect) override {
      if (process_.acts()) effects_.perform(std::move(effect));
    }

   private:
    Process& process_;
    Effects& effects_;
  };
  class Silence final : public Log {
   public:
    void write(Level, std::string_view) override {}
  };

  VirtualTime& time_;
  const Life life_;
  bool alive_ = true;
  std::uint64_t calls_left_ = 0;  // 0: no end is set
  StoreDoor door_;
  EffectsDoor effects_;
  Silence log_;
  LifeScheduler scheduler_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace stepwell::engine::sim
