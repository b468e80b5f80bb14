#include "services/ecs/service.h"

#include "lang/json/documents.h"
#include "services/directory/operations.h"
#include "services/ecs/ecs.h"
#include "services/ecs/model.h"
#include "services/ecs/operations/support.h"

namespace stepwell::ecs {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Ecs>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/ecs/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

constexpr Duration between_expiries = std::chrono::minutes(1);

}  // namespace

// Shared with what is under way, so that the service may go at any time.
struct Service::Parts : std::enable_shared_from_this<Parts> {
  explicit Parts(const ServicePorts& all)
      : ports(all),
        book(all.store, all.scheduler),
        lives({.scheduler = all.scheduler,
               .clock = all.clock,
               .log = all.log,
               .directory = all.directory,
               .containers = all.containers,
               .book = book,
               .surroundings = all.surroundings}),
        ecs{.clock = all.clock, .random = all.random, .book = book, .lives = lives} {}

  void forget_later() {
    alarm = ports.scheduler.after(between_expiries, [weak = weak_from_this()] {
      if (const auto parts = weak.lock()) parts->forget();
    });
  }
  void forget() {
    stepwell::start(book.forget(ports.clock.now()),
                    [self = shared_from_this()](const auto& done, const std::exception_ptr&) {
                      if (!done || !*done)
                        self->ports.log.warning("Old tasks of ECS could not be taken away; trying again.");
                      self->forget_later();
                    });
  }

  ServicePorts ports;
  Book book;
  Lives lives;
  Ecs ecs;
  std::unique_ptr<Timer> alarm;
};

Service::Service(const ServicePorts& ports) : parts_(std::make_shared<Parts>(ports)) { parts_->forget_later(); }
Service::~Service() { parts_->alarm.reset(); }

Result<void> Service::start() { return parts_->lives.take_up(); }

const wire::ApiModel& Service::model() const { return ecs::model(); }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Ecs>(operations, parts_->ecs, call);
}

// A family stands for its newest revision. A task is handed the roles of its definition, or those that override them.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs = directory::needs_of(model(), actions(), call);
  if (call.operation->name == "RunTask") {
    const auto definition = find_definition(parts_->ecs, call, {});
    if (definition) needs.front().resource = definition->place.arn();
  }
  for (std::string& role : passed_roles(parts_->ecs, call)) {
    needs.push_back({.action = "iam:PassRole", .resource = std::move(role), .passed_to = "ecs-tasks.amazonaws.com"});
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto tagged = find_tagged(parts_->ecs, arn);
  if (!tagged) return std::nullopt;
  json::Arena arena;
  for (const json::Value& tag : read_tags(arena, tags_of(*tagged)).elements()) {
    if (json::text_of(tag, "key") == key) return std::string(json::text_of(tag, "value"));
  }
  return std::nullopt;
}

Task<bool> Service::ended(std::string arns) {
  for (std::size_t at = 0; at < arns.size();) {
    const std::size_t end = std::min(arns.find(' ', at), arns.size());
    const auto life = parts_->lives.find(task_id(arns.substr(at, end - at)));
    if (life != nullptr) co_await life->ended();
    at = end + 1;
  }
  co_return true;
}

}  // namespace stepwell::ecs
