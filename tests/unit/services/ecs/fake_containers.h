#pragma once
// Containers that do what the test says. They outlive whoever has started them.

#include "base/containers.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::ecs {

class FakeContainers final : public containers::Containers {
 public:
  struct One {
    containers::Spec spec;
    bool running = true;
    containers::End end;
    std::vector<std::pair<Timestamp, std::string>> lines;
  };
  std::map<std::string, One> all;
  std::vector<std::string> begun, stopped;  // names, in their order
  std::map<std::string, Error> refused;     // by image
  std::optional<Error> gone;                // the engine
  bool stops = true;                        // containers do what they are told

  explicit FakeContainers(Clock& clock) : clock_(clock) {}
  ~FakeContainers() override { forget_everybody(); }

  // What the test says. A container is named by the end of its name.
  One& find(std::string_view container) {
    for (auto& [name, one] : all) {
      if (name.ends_with("-" + std::string(container))) return one;
    }
    throw std::runtime_error("there is no container " + std::string(container));
  }
  void end(std::string_view container, int code, bool out_of_memory = false) {
    One& one = find(container);
    one.running = false;
    one.end = {.exit_code = code, .out_of_memory = out_of_memory, .ended = clock_.now()};
    tell(one.spec.name);
  }
  void write(std::string_view container, std::string text) {
    One& one = find(container);
    one.lines.emplace_back(clock_.now(), std::move(text));
    for (const auto& follower : followers_) {
      if (follower.name == one.spec.name) follower.on_line(one.lines.back().first, one.lines.back().second);
    }
  }
  // Those who wait are gone, as with a process that is killed. What they hold stays, for they cannot end any more.
  void forget_everybody() {
    static auto& gone_with_their_process = *new std::vector<std::pair<std::string, Pending<std::monostate>>>();
    for (auto& waiter : std::exchange(waiting_, {})) gone_with_their_process.push_back(std::move(waiter));
    followers_.clear();
  }

  Task<Result<void>> ready() override {
    if (gone) co_return fail(*gone);
    co_return Result<void>();
  }
  Task<Result<void>> start(containers::Spec spec) override {
    if (gone) co_return fail(*gone);
    if (all.contains(spec.name)) co_return Result<void>();
    if (const auto no = refused.find(spec.image); no != refused.end()) co_return fail(no->second);
    begun.push_back(spec.name);
    const std::string name = spec.name;
    all[name].spec = std::move(spec);
    co_return Result<void>();
  }
  Task<Result<containers::End>> wait(std::string name) override {
    if (gone) co_return fail(*gone);
    co_await end_of(name);
    const auto found = all.find(name);
    if (found == all.end()) co_return fail(Error{.code = "ContainerNotFound", .message = "It is gone."});
    co_return found->second.end;
  }
  Task<Result<void>> follow(std::string name, Timestamp,
                            std::function<void(Timestamp, std::string_view line)> on_line) override {
    const auto found = all.find(name);
    if (found == all.end()) co_return Result<void>();
    for (const auto& [at, line] : found->second.lines) on_line(at, line);
    followers_.push_back({name, std::move(on_line)});
    co_await end_of(name);
    std::erase_if(followers_, [&](const Follower& follower) { return follower.name == name; });
    co_return Result<void>();
  }
  Task<Result<void>> stop(std::string name, Duration grace) override {
    stopped.push_back(name + " " + std::to_string(grace.count()));
    const auto found = all.find(name);
    if (found == all.end() || !found->second.running || !stops) co_return Result<void>();
    found->second.running = false;
    found->second.end = {.exit_code = 143};
    tell(name);
    co_return Result<void>();
  }
  Task<Result<void>> remove(std::string name) override {
    if (gone) co_return fail(*gone);
    all.erase(name);
    co_return Result<void>();
  }
  Task<Result<std::vector<containers::Listed>>> list(std::string, std::string) override {
    co_return std::vector<containers::Listed>();
  }

 private:
  struct Follower {
    std::string name;
    std::function<void(Timestamp, std::string_view line)> on_line;
  };

  Task<void> end_of(std::string name) {
    const auto found = all.find(name);
    if (found == all.end() || !found->second.running) co_return;
    const Pending<std::monostate> over;
    waiting_.emplace_back(name, over);
    co_await over;
  }
  void tell(const std::string& name) {
    std::vector<Pending<std::monostate>> told;
    std::erase_if(waiting_, [&](const auto& waiter) {
      if (waiter.first == name) told.push_back(waiter.second);
      return waiter.first == name;
    });
    for (const auto& one : told) one.set({});
  }

  Clock& clock_;
  std::vector<std::pair<std::string, Pending<std::monostate>>> waiting_;
  std::vector<Follower> followers_;
};

}  // namespace stepwell::ecs
