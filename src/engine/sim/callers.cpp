#include "engine/sim/callers.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

bool is_express(const std::shared_ptr<const Revision>& revision) { return revision->type == asl::MachineType::express; }

}  // namespace

void Callers::call(Dice& dice, const std::string& input) {
  std::vector<std::shared_ptr<const Revision>> machines;
  std::ranges::copy_if(rig_.world.machines(), std::back_inserter(machines), is_express);
  if (machines.empty()) return;
  rig_.happened(Fault::sync_calls);
  call(dice.pick(machines), input);
}

void Callers::call_everything(const std::string& input) {
  if (!rig_.process || !rig_.plan.has(Fault::sync_calls)) return;
  for (const auto& revision : rig_.world.machines()) {
    if (is_express(revision)) call(revision, input);
  }
}

void Callers::call(const std::shared_ptr<const Revision>& revision, const std::string& input) {
  const std::uint64_t number = ++calls_;
  waiting_.emplace(number, input);
  auto answer = [this, number](const Finished& finished) {
    if (rig_.sabotage == Sabotage::forgets_callers) return;
    answered(number, finished);
    if (rig_.sabotage == Sabotage::answers_twice) answered(number, finished);
  };
  rig_.process->engine().start_sync(
      {.revision = revision, .name = fmt::format("call-{}", number), .input = input, .trace_header = {}},
      rig_.process->reply<Finished>([answer](const Result<Finished>& finished) {
        if (finished) answer(*finished);
      }));
}

void Callers::answered(std::uint64_t number, const Finished& finished) {
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return violated(number, "is answered and does not wait");
  if (finished.status == Status::running) violated(number, "is answered before the end");
  if (finished.input != found->second) violated(number, "gets the answer of another input");
  if (finished.status == Status::succeeded && finished.output.empty()) violated(number, "gets no output");
  waiting_.erase(found);
}

void Callers::violated(std::uint64_t number, std::string_view what) {
  rig_.violations.push_back(fmt::format("callers: call {} {}", number, what));
}

}  // namespace stepwell::engine::sim
