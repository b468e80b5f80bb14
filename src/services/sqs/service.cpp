#include "services/sqs/service.h"

#include "lang/json/parse.h"
#include "services/directory/operations.h"
#include "services/sqs/model.h"
#include "services/sqs/new_message.h"
#include "services/sqs/sqs.h"
#include "wire/arn.h"

#include <algorithm>

namespace stepwell::sqs {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Sqs>>({
#define OPERATION(name, function) {#name, function},
#include "services/sqs/operations.def"
#undef OPERATION
});

// What the policy of a queue can open to other accounts.
constexpr auto open_to_others = std::to_array<std::string_view>(
    {"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
     "sqs:ListDeadLetterSourceQueues", "sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage"});

constexpr Duration between_sweeps = std::chrono::minutes(1);

}  // namespace

// Shared with what is under way, so that the service may go at any time.
struct Service::Parts : std::enable_shared_from_this<Parts> {
  explicit Parts(const ServicePorts& ports) : sqs{.ports = ports, .queues = Queues(ports), .moves = {}} {
    sqs.moves = std::make_shared<MoveTasks>(ports, sqs.queues);
  }

  void sweep_later() {
    alarm = sqs.ports.scheduler.after(between_sweeps, [weak = weak_from_this()] {
      if (const auto parts = weak.lock()) parts->sweep();
    });
  }
  void sweep() {
    start(sqs.queues.sweep(), [self = shared_from_this()](const auto& done, const std::exception_ptr&) {
      if (!done || !*done) {
        self->sqs.ports.log.warning("Old messages could not be taken away; trying again in a minute.");
      }
      self->sweep_later();
    });
  }
  void begin() {
    start(sqs.queues.sweep_strays(), [self = shared_from_this()](const auto& done, const std::exception_ptr&) {
      if (!done || !*done) self->sqs.ports.log.warning("What deleted queues have left could not be taken away.");
    });
    sweep_later();
  }

  std::string policy_of(std::string_view arn) {
    const auto queue = sqs.queues.find(arn);
    if (!queue || *queue == nullptr) return {};
    const Attributes& attributes = (*queue)->record().attributes;
    const auto policy = attributes.find("Policy");
    return policy == attributes.end() ? std::string() : policy->second;
  }

  Sqs sqs;
  std::unique_ptr<Timer> alarm;
};

Result<std::unique_ptr<Service>> Service::open(const ServicePorts& ports) {
  auto parts = std::make_shared<Parts>(ports);
  TRY(parts->sqs.moves->take_up());
  parts->begin();
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Service::~Service() {
  parts_->alarm.reset();
  parts_->sqs.moves->close();
}

const wire::ApiModel& Service::model() const { return sqs::model(); }

// The policy of a queue speaks of what is done with it; what is done to it is for its account alone.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  auto needs = directory::needs_of(model(), actions(), call);
  for (directory::Need& need : needs) {
    const auto arn = wire::Arn::parse(need.resource);
    const bool is_own = arn && arn->account == call.caller.account;
    const bool is_open = std::ranges::find(open_to_others, need.action) != open_to_others.end();
    if (is_own || is_open) need.policy = parts_->policy_of(need.resource);
  }
  return needs;
}

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  const auto parts = parts_;
  co_return co_await directory::run<Sqs>(operations, parts->sqs, call);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  if (call.operation->name == "SendMessage") return fold_send_message(parts_->sqs, call, batch);
  if (call.operation->name == "SendMessageBatch") return fold_send_message_batch(parts_->sqs, call, batch);
  return directory::Service::fold(call, batch);
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto record = parts_->sqs.queues.read(arn);
  if (!record || !*record || (*record)->deleted) return std::nullopt;
  json::Arena arena;
  const auto tags = json::parse(arena, (*record)->tags);
  const json::Value* value = tags ? tags->find(key) : nullptr;
  return value == nullptr ? std::nullopt : std::optional(std::string(value->as_string()));
}

void Service::drain() { parts_->sqs.queues.drain(); }

}  // namespace stepwell::sqs
