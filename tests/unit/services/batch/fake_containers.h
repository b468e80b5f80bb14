#pragma once
// An engine whose containers do what the test says, and which outlives the services that use it, as a real one does.

#include "base/containers.h"
#include "base/ports.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::containers {

class FakeContainers final : public Containers {
 public:
  explicit FakeContainers(Clock& clock) : clock_(clock) {}

  Task<Result<void>> start(Spec spec) override {
    if (refusal) co_return fail(*refusal);
    if (boxes.contains(spec.name)) co_return Result<void>();
    begun.push_back(spec.name);
    Box& box = boxes[spec.name];
    box.spec = std::move(spec);
    box.end.started = clock_.now();
    if (exit_at_once) finish(box.spec.name, *exit_at_once);
    co_return Result<void>();
  }
  Task<Result<End>> wait(std::string name) override {
    const auto found = boxes.find(name);
    if (found == boxes.end()) co_return fail(not_found());
    if (!found->second.running) co_return found->second.end;
    Pending<Result<End>> ended;
    found->second.waiting.push_back(ended);
    co_return co_await ended;
  }
  Task<Result<void>> follow(std::string name, Timestamp since,
                            std::function<void(Timestamp, std::string_view)> on_line) override {
    const auto found = boxes.find(name);
    if (found == boxes.end()) co_return fail(not_found());
    for (const auto& [time, line] : found->second.lines) {
      if (time >= since) on_line(time, line);
    }
    if (!found->second.running) co_return Result<void>();
    Pending<Result<void>> over;
    found->second.readers.emplace_back(std::move(on_line), over);
    co_return co_await over;
  }
  Task<Result<void>> stop(std::string name, Duration) override {
    stopped.push_back(name);
    const auto found = boxes.find(name);
    if (found != boxes.end() && found->second.running && stops) finish(name, 137);
    co_return Result<void>();
  }
  Task<Result<void>> remove(std::string name) override {
    boxes.erase(name);
    co_return Result<void>();
  }
  Task<Result<std::vector<Listed>>> list(std::string label, std::string value) override {
    std::vector<Listed> listed;
    for (const auto& [name, box] : boxes) {
      for (const auto& [key, of] : box.spec.labels) {
        if (key == label && of == value) listed.push_back({name, box.spec.labels, box.running});
      }
    }
    co_return listed;
  }

  void finish(const std::string& name, int exit_code, bool out_of_memory = false) {
    Box& box = boxes.at(name);
    box.running = false;
    box.end = {
        .exit_code = exit_code, .out_of_memory = out_of_memory, .started = box.end.started, .ended = clock_.now()};
    const End end = box.end;
    const auto readers = std::exchange(box.readers, {});
    const auto waiting = std::exchange(box.waiting, {});
    for (const auto& [on_line, over] : readers) over.set({});
    for (const auto& ended : waiting) ended.set(end);
  }
  // Somebody takes it away.
  void lose(const std::string& name) {
    const Box box = boxes.at(name);
    boxes.erase(name);
    for (const auto& [on_line, over] : box.readers) over.set({});
    for (const auto& ended : box.waiting) ended.set(fail(not_found()));
  }
  void write(const std::string& name, const std::string& line) {
    Box& box = boxes.at(name);
    box.lines.emplace_back(clock_.now(), line);
    for (const auto& [on_line, over] : box.readers) on_line(clock_.now(), line);
  }
  std::vector<std::string> running() const {
    std::vector<std::string> names;
    for (const auto& [name, box] : boxes) {
      if (box.running) names.push_back(name);
    }
    return names;
  }

  struct Box {
    Spec spec;
    bool running = true;
    End end;
    std::vector<std::pair<Timestamp, std::string>> lines;
    std::vector<Pending<Result<End>>> waiting;
    std::vector<std::pair<std::function<void(Timestamp, std::string_view)>, Pending<Result<void>>>> readers;
  };
  std::map<std::string, Box> boxes;
  std::vector<std::string> begun;    // by start, in order
  std::vector<std::string> stopped;  // likewise
  std::optional<Error> refusal;      // what start answers
  std::optional<int> exit_at_once;   // containers end as they begin
  bool stops = true;                 // a container that is stopped ends

 private:
  static Error not_found() { return {.code = "ContainerNotFound", .message = "no such container", .detail = {}}; }
  Clock& clock_;
};

}  // namespace stepwell::containers
