#include "services/scheduler/service.h"

#include "services/directory/operations.h"
#include "services/scheduler/documents.h"
#include "services/scheduler/model.h"
#include "services/scheduler/operations/support.h"
#include "services/scheduler/scheduler.h"

#include <array>

namespace stepwell::scheduler {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Schedules>>({
#define OPERATION(name, function) {#name, function},
#include "services/scheduler/operations.def"
#undef OPERATION
});

}  // namespace

struct Service::Parts {
  explicit Parts(const ServicePorts& ports)
      : book(ports.store, ports.scheduler),
        timing(ports.zones, ports.random),
        ticker(std::make_shared<Ticker>(Ticker::Ports{.scheduler = ports.scheduler,
                                                      .clock = ports.clock,
                                                      .random = ports.random,
                                                      .log = ports.log,
                                                      .directory = ports.directory,
                                                      .deliveries = ports.deliveries,
                                                      .book = book,
                                                      .timing = timing})),
        schedules{
            .clock = ports.clock, .directory = ports.directory, .book = book, .timing = timing, .ticker = *ticker} {}

  Book book;
  Timing timing;
  std::shared_ptr<Ticker> ticker;
  Schedules schedules;
};

Service::Service(const ServicePorts& ports) : parts_(std::make_unique<Parts>(ports)) {}
Service::~Service() { parts_->ticker->stop(); }

Result<void> Service::start() {
  parts_->ticker->start();
  return {};
}
const wire::ApiModel& Service::model() const { return scheduler::model(); }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Schedules>(operations, parts_->schedules, call);
}

// A schedule hands on the role of its target.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs = directory::needs_of(model(), actions(), call);
  const std::string_view role = text_of(object_of(call.input, "Target"), "RoleArn");
  if (!role.empty()) {
    needs.push_back({.action = "iam:PassRole", .resource = std::string(role), .passed_to = "scheduler.amazonaws.com"});
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto place = parse_group_arn(arn);
  if (!place) return std::nullopt;
  const auto group = parts_->book.find_group(*place);
  if (!group || !*group) return std::nullopt;
  json::Arena arena;
  for (const json::Value& tag : elements_of(read(arena, (*group)->document), "Tags")) {
    if (text_of(tag, "Key") == key) return std::string(text_of(tag, "Value"));
  }
  return std::nullopt;
}

}  // namespace stepwell::scheduler
