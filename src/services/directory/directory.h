#pragma once
// The only door between services, and from the wire to a service: call(service, operation, input, caller).
//
// A service is local (its operations run here) or elsewhere (an endpoint given with --endpoint SERVICE=URL: a
// RemoteService, which encodes the call with the service's own protocol and sends it there).
//
// Where access is controlled, a call whose caller has a principal is made only if that may do all that the call needs.

#include "base/error.h"
#include "base/task.h"
#include "services/directory/access.h"
#include "store/store.h"
#include "wire/api_model.h"
#include "wire/call.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::directory {

// The code of an operation that cannot be part of somebody else's commit.
inline constexpr std::string_view not_foldable = "NotFoldable";

class Service {
 public:
  virtual ~Service() = default;
  virtual const wire::ApiModel& model() const = 0;
  // Runs one operation of the model. `call` outlives the task. What is not built yet answers Error "NotImplemented"
  // that names the operation (status 501).
  virtual Task<Result<wire::Reply>> call(wire::Call& call) = 0;
  // Adds what the operation would write to `batch`, the commit of somebody else, so that both happen or neither does:
  // what it answers if that becomes durable. `call` is as for `call()`. The batch may never be committed, so the call
  // leaves nothing behind but in it; what others are to see changes when the batch is durable (Batch::then). Where it
  // fails, the batch is as it was. Error
  // "NotFoldable" for an operation that cannot be part of another commit; others as those of `call()`.
  virtual Result<wire::Reply> fold(wire::Call& call, store::Batch& batch);
  // What a call has to be allowed (actions.h). `call` is valid.
  virtual std::vector<Need> needs(const wire::Call& call) const;
  // The value of a tag of something of this service; nullopt: there is no such tag, or no such thing.
  virtual std::optional<std::string> tag(std::string_view arn, std::string_view key) const;
  // EventBridge: whether anybody waits for events of that source there. Where nobody does, they need not be made.
  virtual bool awaits_events(const wire::Caller&, std::string_view) const { return true; }
  // Returns true when the work of that ARN (a task of ECS, a job of Batch) has ended or is not there; false at once where
  // the service cannot tell, because it is elsewhere: whoever waits has to ask again and again then.
  virtual Task<bool> ended(std::string) { co_return false; }
  // The program is about to stop: calls that wait for something to come are answered now, as if nothing had come.
  virtual void drain() {}
};

class Directory {
 public:
  // A service goes by its signing name. One that is added later takes the place of an earlier one of the same name, so
  // that calls can be sent elsewhere; nothing may be under way then.
  void add(std::unique_ptr<Service> service);

  const std::vector<const wire::ApiModel*>& models() const { return models_; }
  Service* find(std::string_view service) const;
  void drain() const;  // every service

  // Who knows whose keys are whose and, where it enforces that, who may do what. It outlives the directory's use.
  void control(AccessControl& access) { access_ = &access; }
  AccessControl* access() const { return access_; }  // nullptr: nobody knows
  bool is_enforced() const { return access_ != nullptr && access_->enforces(); }
  // Error AccessDenied (access.h).
  Result<void> authorize(Service& service, const wire::Call& call) const {
    return is_enforced() && call.caller.principal != nullptr ? authorize_needs(service, call) : Result<void>();
  }

  // Validates and runs a call that comes from inside (an integration). `call.operation` is found by name. `call`
  // outlives the task. Error "ServiceNotFound" when no service of that name is here or configured, and all of
  // wire/validate.h. Where the operation can be part of the commit of `effect` (nullptr: there is none), it is, and the
  // answer is there at once.
  Task<Result<wire::Reply>> call(std::string service, std::string operation, wire::Call& call,
                                 store::Batch* effect = nullptr);
  // The same as part of the commit of `batch` or not at all.
  Result<wire::Reply> fold(std::string_view service, std::string_view operation, wire::Call& call, store::Batch& batch);

 private:
  Result<void> authorize_needs(Service& service, const wire::Call& call) const;
  Result<Service*> prepare(std::string_view service, std::string_view operation, wire::Call& call) const;

  std::vector<std::unique_ptr<Service>> services_;
  std::vector<const wire::ApiModel*> models_;
  AccessControl* access_ = nullptr;
};

}  // namespace stepwell::directory
