#pragma once
// The processes of all functions: who is free, who works, who has to go.

#include "services/lambda/execution/admission.h"
#include "services/lambda/execution/instance.h"
#include "services/lambda/limits.h"

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace stepwell::lambda {

class Pool final : private Instance::Owner {
 public:
  // Homes of processes are made below `directory`, which is emptied.
  static Result<std::unique_ptr<Pool>> open(const Instance::Ports& ports, const Limits& limits,
                                            std::filesystem::path directory, std::shared_ptr<WorkQueue> disk);
  ~Pool() override;

  // A free process of exactly this revision of the function, the one used last; nullptr when there is none. The slot is
  // its place while it works; it is left alone otherwise.
  Instance* take(const FunctionRecord& function, std::optional<Admission::Slot>& slot);
  // A new one; an idle one of another function goes where there are too many. Errors: of Instance::start.
  Result<Instance*> start(FunctionPtr function, CodePtr code, const Surroundings& surroundings, Admission::Slot slot);
  // The processes of that function are of the past: free ones go now, working ones when they are done.
  void retire(std::string_view arn);

  std::size_t size() const { return members_.size(); }

 private:
  struct Member {
    std::unique_ptr<Instance> instance;
    std::optional<Admission::Slot> slot;  // while it works
    std::unique_ptr<Timer> idle;          // while it is free: when it is frozen, when it goes
    bool retired = false;
  };

  Pool(const Instance::Ports& ports, const Limits& limits, std::filesystem::path directory,
       std::shared_ptr<WorkQueue> disk)
      : ports_(ports), limits_(limits), directory_(std::move(directory)), disk_(std::move(disk)) {}

  void freed(Instance& instance) override;
  void died(Instance& instance) override { bury(instance); }
  void bury(Instance& instance);

  const Instance::Ports ports_;
  const Limits limits_;
  const std::filesystem::path directory_;
  const std::shared_ptr<WorkQueue> disk_;
  std::uint64_t started_ = 0;
  std::unordered_map<const Instance*, Member> members_;
  std::list<Instance*> free_;  // the one used last at the end
  std::shared_ptr<std::vector<std::unique_ptr<Instance>>> dead_ =
      std::make_shared<std::vector<std::unique_ptr<Instance>>>();  // destroyed from the loop
};

}  // namespace stepwell::lambda
