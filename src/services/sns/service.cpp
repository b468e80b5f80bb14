#include "services/sns/service.h"

#include "services/directory/operations.h"
#include "services/sns/model.h"
#include "services/sns/publish.h"
#include "services/sns/sns.h"

namespace stepwell::sns {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Sns>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/sns/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

constexpr Duration between_expiries = std::chrono::minutes(1);

}  // namespace

// Shared with what is under way, so that the service may go at any time.
struct Service::Parts : std::enable_shared_from_this<Parts> {
  explicit Parts(const ServicePorts& all)
      : ports(all),
        sns{.store = all.store,
            .scheduler = all.scheduler,
            .clock = all.clock,
            .random = all.random,
            .deliveries = all.deliveries,
            .channels = Channels(all.store, all.scheduler, all.clock),
            .fifo = Fifo(all.store, all.scheduler, all.clock),
            .signer = Signer(all.store, all.clock, all.own_url)} {}

  void expire_later() {
    alarm = ports.scheduler.after(between_expiries, [weak = weak_from_this()] {
      if (const auto parts = weak.lock()) parts->expire();
    });
  }
  void expire() {
    start(sns.fifo.expire(), [self = shared_from_this()](const auto& done, const std::exception_ptr&) {
      if (!done || !*done)
        self->ports.log.warning("Old message ids could not be taken away; trying again in a minute.");
      self->expire_later();
    });
  }

  ServicePorts ports;
  Sns sns;
  std::unique_ptr<Timer> alarm;
};

Service::Service(const ServicePorts& ports) : parts_(std::make_shared<Parts>(ports)) { parts_->expire_later(); }
Service::~Service() { parts_->alarm.reset(); }

const wire::ApiModel& Service::model() const { return sns::model(); }

std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  auto needs = directory::needs_of(model(), actions(), call);
  for (directory::Need& need : needs) {
    const auto channel = parts_->sns.channels.find(need.resource);
    // What the policy of a new topic says holds for nobody here.
    need.policy =
        channel && *channel != nullptr ? value_of((*channel)->topic.attributes, "Policy") : std::string_view();
  }
  return needs;
}

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Sns>(operations, parts_->sns, call);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  if (call.operation->name == "Publish") return fold_publish(parts_->sns, call, batch);
  if (call.operation->name == "PublishBatch") return fold_publish_batch(parts_->sns, call, batch);
  return directory::Service::fold(call, batch);
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto channel = parts_->sns.channels.find(std::string(arn));
  if (!channel || *channel == nullptr) return std::nullopt;
  const auto& tags = (*channel)->topic.tags;
  const auto found = std::ranges::find(tags, key, &Tag::key);
  return found == tags.end() ? std::nullopt : std::optional(found->value);
}

std::optional<std::string> Service::page(std::string_view path) {
  auto page = parts_->sns.signer.page(path);
  return page ? std::move(*page) : std::nullopt;
}

}  // namespace stepwell::sns
