#include "services/states/service.h"

#include "engine/upgrade.h"
#include "lang/json/parse.h"
#include "services/directory/operations.h"
#include "services/states/arns.h"
#include "services/states/execution_metrics.h"
#include "services/states/execution_traces.h"
#include "services/states/logging.h"
#include "services/states/model.h"
#include "services/states/old_revisions.h"
#include "services/states/states.h"
#include "services/states/status_events.h"
#include "services/states/tagged_resource.h"
#include "services/states/task_runner.h"
#include "services/states/world.h"

namespace stepwell::states {
namespace {

// The number of shards of a new data directory: enough for the cores of a large machine.
constexpr engine::ShardId shards_of_new_directory = 16;

constexpr auto operations = std::to_array<directory::Operation<States>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/states/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

// All that is told of executions.
class Observers final : public engine::Observer {
 public:
  Observers(Watchers& watchers, metrics::Registry* metrics, trace::Sink* traces) : watchers_(&watchers) {
    if (metrics != nullptr) metrics_.emplace(*metrics);
    if (traces != nullptr) traces_.emplace(*traces);
  }
  void decided(const engine::Execution& execution, std::span<const engine::Event> events) override {
    if (metrics_) metrics_->decided(execution, events);
    if (traces_) traces_->decided(execution, events);
  }
  void kept(engine::ExecutionId id) override { watchers_->went_on(id); }

 private:
  Watchers* watchers_;
  std::optional<ExecutionMetrics> metrics_;
  std::optional<ExecutionTraces> traces_;
};

// All that add to the commits of executions.
class Witnesses final : public engine::Witness {
 public:
  Witnesses(Logging logging, StatusEvents status_events)
      : logging_(std::move(logging)), status_events_(std::move(status_events)) {}
  void witness(engine::Execution& execution, std::span<const engine::Event> events, store::Batch& batch) override {
    logging_.witness(execution, events, batch);
    status_events_.witness(execution, events, batch);
  }

 private:
  Logging logging_;
  StatusEvents status_events_;
};

}  // namespace

struct Service::Parts {
  Parts(ServicePorts& ports, Tokens tokens, engine::ShardId shards)
      : states{.store = ports.store,
               .scheduler = ports.scheduler,
               .clock = ports.clock,
               .random = ports.random,
               .directory = ports.directory,
               .tokens = std::move(tokens),
               .machines = Machines(ports.store, ports.scheduler),
               .aliases = Aliases(ports.store, ports.scheduler),
               .activities = Activities(ports.store, ports.scheduler),
               .queries = engine::Queries(ports.store),
               .http = ports.http,
               .connections = ports.connections},
        world(states),
        mocks(std::move(ports.mocks)),
        observers(states.watchers, ports.metrics, ports.traces),
        runner(states, ports.log, mocks.get()),
        witnesses(Logging(states.machines, ports.directory, ports.clock, ports.random, ports.log),
                  StatusEvents(states, ports.log)),
        engine(shards, {.store = ports.store,
                        .world = world,
                        .effects = runner,
                        .clock = ports.clock,
                        .random = ports.random,
                        .scheduler = ports.scheduler,
                        .log = ports.log,
                        .limits = ports.limits,
                        .witness = &witnesses,
                        .observer = &observers}),
        reading(states),
        old_revisions(states, ports.log) {
    states.engine = &engine;
  }

  States states;
  World world;
  std::unique_ptr<Mocks> mocks;
  Observers observers;
  TaskRunner runner;
  Witnesses witnesses;
  engine::Engine engine;
  Reading reading;
  OldRevisions old_revisions;
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::open(ServicePorts ports) {
  TRY(engine::upgrade(ports.store, ports.log));
  TRY_ASSIGN(const engine::ShardId shards, engine::open_shards(ports.store, shards_of_new_directory));
  TRY_ASSIGN(Tokens tokens, Tokens::open(ports.store));
  auto parts = std::make_unique<Parts>(ports, std::move(tokens), shards);
  TRY(parts->engine.recover());
  TRY(parts->runner.take_up());
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

const wire::ApiModel& Service::model() const { return states::model(); }

std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  return directory::needs_of(model(), actions(), call);
}

// A version and an alias have the tags of their machine.
std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  std::string resource(arn);
  if (const auto machine = read_machine_arn(arn)) resource = machine->arn;
  const auto found = find_tagged(parts_->states, resource);
  if (!found) return std::nullopt;
  json::Arena arena;
  const auto tags = json::parse(arena, found->tags());
  if (!tags || !tags->is_array()) return std::nullopt;
  for (const json::Value& tag : tags->elements()) {
    if (tag.find("key")->as_string() == key) return std::string(tag.find("value")->as_string());
  }
  return std::nullopt;
}

void Service::drain() {
  parts_->states.activities.drain();
  parts_->states.watchers.drain();
  parts_->runner.drain();
}

Reading& Service::reading() { return parts_->reading; }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<States>(operations, parts_->states, call);
}

}  // namespace stepwell::states
