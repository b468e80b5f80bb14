#include "services/lambda/execution/pool.h"

namespace stepwell::lambda {

Result<std::unique_ptr<Pool>> Pool::open(const Instance::Ports& ports, const Limits& limits,
                                         std::filesystem::path directory, std::shared_ptr<WorkQueue> disk) {
  std::error_code failure;
  std::filesystem::remove_all(directory, failure);
  if (!failure) std::filesystem::create_directories(directory, failure);
  if (failure) return fail(internal_error(fmt::format("Cannot use {}: {}", directory.string(), failure.message())));
  return std::unique_ptr<Pool>(new Pool(ports, limits, std::move(directory), std::move(disk)));
}

Pool::~Pool() { dead_->clear(); }

Instance* Pool::take(const FunctionRecord& function, std::optional<Admission::Slot>& slot) {
  for (auto at = free_.end(); at != free_.begin();) {
    Instance* instance = *--at;
    if (!share_processes(instance->function(), function)) continue;
    free_.erase(at);
    Member& member = members_.at(instance);
    member.idle.reset();
    member.slot.emplace(*std::move(slot));
    slot.reset();
    return instance;
  }
  return nullptr;
}

Result<Instance*> Pool::start(FunctionPtr function, CodePtr code, const Surroundings& surroundings,
                              Admission::Slot slot) {
  if (members_.size() >= limits_.max_processes && !free_.empty()) bury(*free_.front());
  TRY_ASSIGN(auto started, Instance::start(ports_, *this, surroundings, std::move(function), std::move(code),
                                           directory_ / std::to_string(++started_), disk_));
  Instance* instance = started.get();
  Member member{.instance = std::move(started), .slot = {}, .idle = {}};
  member.slot.emplace(std::move(slot));
  members_.emplace(instance, std::move(member));
  return instance;
}

void Pool::retire(std::string_view arn) {
  std::vector<Instance*> of_the_past;
  for (auto& [instance, member] : members_) {
    if (instance->function().arn != arn) continue;
    member.retired = true;
    if (!member.slot) of_the_past.push_back(member.instance.get());
  }
  for (Instance* instance : of_the_past) bury(*instance);
}

void Pool::freed(Instance& instance) {
  Member& member = members_.at(&instance);
  member.slot.reset();
  if (member.retired) return bury(instance);
  free_.push_back(&instance);
  member.idle = ports_.scheduler.after(limits_.idle_awake, [this, &instance, &member] {
    instance.freeze();
    member.idle = ports_.scheduler.after(limits_.idle_life, [this, &instance] { bury(instance); });
  });
}

void Pool::bury(Instance& instance) {
  const auto found = members_.find(&instance);
  free_.remove(&instance);
  dead_->push_back(std::move(found->second.instance));
  members_.erase(found);
  if (dead_->size() > 1) return;  // the loop has been told
  ports_.scheduler.post([dead = std::weak_ptr(dead_)] {
    if (const auto them = dead.lock()) std::exchange(*them, {}).clear();
  });
}

}  // namespace stepwell::lambda
