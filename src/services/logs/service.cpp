#include "services/logs/service.h"

#include "services/directory/operations.h"
#include "services/logs/logs.h"
#include "services/logs/model.h"
#include "services/logs/put_events.h"
#include "wire/principal.h"

namespace stepwell::logs {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Logs>>({
#define OPERATION(name, function) {#name, function},
#include "services/logs/operations.def"
#undef OPERATION
});

constexpr Duration between_expiries = std::chrono::hours(1);

bool is_of_service(const wire::Call& call) {
  return call.caller.principal != nullptr && call.caller.principal->kind == wire::Principal::Kind::service;
}

}  // namespace

// Shared with what is under way, so that the service may go at any time.
struct Service::Parts : std::enable_shared_from_this<Parts> {
  explicit Parts(const ServicePorts& all)
      : ports(all),
        logs{.clock = all.clock,
             .archive = Archive(all.store, all.scheduler, all.clock, all.random),
             .policies = Policies(all.store, all.scheduler)} {}

  void expire_later() {
    alarm = ports.scheduler.after(between_expiries, [weak = weak_from_this()] {
      if (const auto parts = weak.lock()) parts->expire();
    });
  }
  void expire() {
    start(logs.archive.expire(), [self = shared_from_this()](const auto& done, const std::exception_ptr&) {
      if (!done || !*done) self->ports.log.warning("Old log events could not be taken away; trying again in an hour.");
      self->expire_later();
    });
  }

  ServicePorts ports;
  Logs logs;
  std::unique_ptr<Timer> alarm;
};

Service::Service(const ServicePorts& ports) : parts_(std::make_shared<Parts>(ports)) { parts_->expire_later(); }
Service::~Service() { parts_->alarm.reset(); }

const wire::ApiModel& Service::model() const { return logs::model(); }

// Resource policies are for what AWS services deliver, and for nobody else. A service that writes makes its stream,
// too.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  auto needs = directory::needs_of(model(), actions(), call);
  const bool puts = call.operation->name == "PutLogEvents";
  if (!is_of_service(call) || (!puts && call.operation->name != "CreateLogStream")) return needs;
  needs.front().policy = parts_->logs.policies.together(call.caller).value_or("");
  if (puts) {
    directory::Need stream = needs.front();
    stream.action = "logs:CreateLogStream";
    needs.push_back(std::move(stream));
  }
  return needs;
}

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Logs>(operations, parts_->logs, call);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  if (call.operation->name == "PutLogEvents") {
    return fold_put_log_events(parts_->logs, call, batch, Missing::made);
  }
  if (call.operation->name == "CreateLogStream") return fold_create_log_stream(parts_->logs, call, batch);
  return directory::Service::fold(call, batch);
}

}  // namespace stepwell::logs
