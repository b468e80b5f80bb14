#include "services/lambda/execution/admission.h"

#include "services/lambda/errors.h"

namespace stepwell::lambda {

bool Admission::has_place(const std::string& function) const {
  if (closed_ || taken_in_all_ >= limits_.max_processes) return false;
  const auto found = taken_.find(function);
  return found == taken_.end() || found->second < limits_.max_processes_each;
}

void Admission::take_place(const std::string& function) {
  ++taken_[function];
  ++taken_in_all_;
}

Task<Result<Admission::Slot>> Admission::enter(std::string function) {
  if (has_place(function)) {
    take_place(function);
    co_return Slot(*this, std::move(function));
  }
  if (taken_in_all_ + waiters_.size() >= limits_.max_invocations) co_return fail(errors::too_many_requests());
  const Pending<std::monostate> admitted;
  waiters_.push_back({function, admitted});
  co_await admitted;
  co_return Slot(*this, std::move(function));
}

void Admission::leave(const std::string& function) {
  --taken_in_all_;
  if (const auto found = taken_.find(function); --found->second == 0) taken_.erase(found);
  admit_waiters();
}

// They go on from the loop: whoever leaves is still in the middle of its own work. Their places are taken at once.
void Admission::admit_waiters() {
  for (auto waiter = waiters_.begin(); waiter != waiters_.end() && taken_in_all_ < limits_.max_processes;) {
    if (!has_place(waiter->function)) {
      ++waiter;
      continue;
    }
    take_place(waiter->function);
    scheduler_->post([admitted = waiter->admitted] { admitted.set({}); });
    waiter = waiters_.erase(waiter);
  }
}

void Admission::close() {
  closed_ = true;
  waiters_.clear();
}

}  // namespace stepwell::lambda
