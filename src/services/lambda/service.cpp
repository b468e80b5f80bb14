#include "services/lambda/service.h"

#include "services/directory/operations.h"
#include "services/lambda/lambda.h"
#include "services/lambda/model.h"
#include "services/lambda/operations/tags.h"
#include "services/lambda/references.h"
#include "services/lambda/role.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>

namespace stepwell::lambda {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Lambda>>({
#define OPERATION(name, function) {#name, function},
#include "services/lambda/operations.def"
#undef OPERATION
});

// What the policy of a function can open to other accounts.
constexpr auto open_to_others = std::to_array<std::string_view>(
    {"lambda:DeleteFunction", "lambda:DeleteFunctionEventInvokeConfig", "lambda:GetFunction",
     "lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig", "lambda:GetPolicy",
     "lambda:InvokeFunction", "lambda:ListFunctionEventInvokeConfigs", "lambda:ListTags",
     "lambda:PutFunctionEventInvokeConfig", "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateFunctionCode",
     "lambda:UpdateFunctionEventInvokeConfig"});
static_assert(std::ranges::is_sorted(open_to_others));

}  // namespace

struct Service::Parts {
  Parts(ServicePorts all_ports, Runtimes found)
      : ports(std::move(all_ports)),
        runtimes(std::move(found)),
        functions(ports.store, ports.scheduler),
        event_configs(ports.store, ports.scheduler),
        disk(ports.scheduler, 1),
        admission(ports.scheduler, ports.limits) {}

  Instance::Ports instance_ports() {
    return {.scheduler = ports.scheduler,
            .clock = ports.clock,
            .random = ports.random,
            .log = ports.log,
            .processes = ports.processes,
            .network = ports.network,
            .runtimes = runtimes};
  }
  Result<Surroundings> surroundings(const FunctionRecord& function) const {
    Surroundings made{.region = {},
                      .endpoint_url = ports.endpoint_url(),
                      .access_key = ports.access_key,
                      .secret_key = ports.secret_key,
                      .session_token = {}};
    if (ports.access == nullptr || !ports.access->enforces()) return made;
    TRY_ASSIGN(directory::Credentials keys, role_credentials(*ports.access, function));
    made.access_key = std::move(keys.access_key);
    made.secret_key = std::move(keys.secret_key);
    made.session_token = std::move(keys.session_token);
    return made;
  }
  Result<void> open();

  std::string policy_of(const wire::Caller& caller, std::string_view arn) {
    const auto reference = read_function(caller, arn);
    const auto function = reference ? functions.find(reference->arn) : Result<FunctionPtr>(nullptr);
    return function && *function != nullptr ? (*function)->policy : std::string();
  }

  ServicePorts ports;
  Runtimes runtimes;
  Functions functions;
  EventConfigs event_configs;
  Workers disk;
  Admission admission;
  std::unique_ptr<CodeCache> code;
  std::unique_ptr<Pool> pool;
  std::optional<Runner> runner;
  std::unique_ptr<Events> events;
  std::optional<Mappings> mappings;
  std::optional<Lambda> lambda;
};

Result<void> Service::Parts::open() {
  TRY_ASSIGN(code, CodeCache::open(ports.store, disk, ports.work_directory / "code"));
  TRY_ASSIGN(pool, Pool::open(instance_ports(), ports.limits, ports.work_directory / "home", disk.queue()));
  runner.emplace(functions, *code, admission, *pool,
                 [this](const FunctionRecord& function) { return surroundings(function); });
  TRY_ASSIGN(events, Events::open({.store = ports.store,
                                   .scheduler = ports.scheduler,
                                   .clock = ports.clock,
                                   .log = ports.log,
                                   .runner = *runner,
                                   .functions = functions,
                                   .configs = event_configs,
                                   .deliveries = ports.deliveries},
                                  ports.limits));
  mappings.emplace(ports.store, PollerPorts{.directory = ports.directory,
                                            .functions = functions,
                                            .runner = *runner,
                                            .scheduler = ports.scheduler,
                                            .clock = ports.clock,
                                            .random = ports.random,
                                            .log = ports.log});
  TRY(mappings->take_up());
  lambda.emplace(ports.clock, ports.random, functions, *code, *runner, *events, *mappings, ports.directory,
                 event_configs, ports.access);
  return {};
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

// No process that goes may let another invocation in.
Service::~Service() {
  parts_->mappings->close();
  parts_->events->close();
  parts_->admission.close();
}

Result<std::unique_ptr<Service>> Service::open(ServicePorts ports) {
  TRY_ASSIGN(Runtimes runtimes, Runtimes::open(ports.work_directory / "runtimes", ports.search_path));
  auto parts = std::make_unique<Parts>(std::move(ports), std::move(runtimes));
  TRY(parts->open());
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

const wire::ApiModel& Service::model() const { return lambda::model(); }

// The policy of a function speaks of what is done with it; who else may use it is for its account alone to say.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  auto needs = directory::needs_of(model(), actions(), call);
  for (directory::Need& need : needs) {
    const auto arn = wire::Arn::parse(need.resource);
    if (!arn || arn->service != "lambda" || !arn->resource.starts_with("function:")) continue;
    if (arn->account == call.caller.account || std::ranges::binary_search(open_to_others, need.action)) {
      need.policy = parts_->policy_of(call.caller, need.resource);
    }
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  json::Arena arena;
  const auto tags = tags_of(*parts_->lambda, arena, arn);
  const json::Value* value = tags ? tags->find(key) : nullptr;
  return value == nullptr ? std::nullopt : std::optional(std::string(value->as_string()));
}

void Service::drain() { parts_->mappings->close(); }

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  const bool is_event = call.operation->name == "Invoke" && call.text("InvocationType") == "Event";
  return is_event ? fold_event(*parts_->lambda, call, batch) : directory::Service::fold(call, batch);
}

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Lambda>(operations, *parts_->lambda, call);
}

}  // namespace stepwell::lambda
