#include "services/batch/service.h"

#include "lang/json/documents.h"
#include "services/batch/batch.h"
#include "services/batch/model.h"
#include "services/batch/submission.h"
#include "services/directory/operations.h"

#include <array>

namespace stepwell::batch {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Jobs>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/batch/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

// Whom the roles of jobs trust.
constexpr std::string_view role_user = "ecs-tasks.amazonaws.com";

}  // namespace

struct Service::Parts {
  explicit Parts(ServicePorts given)
      : ports(std::move(given)),
        catalog(ports.store, ports.scheduler),
        ledger(ports.store),
        events(ports.directory, ports.log),
        jobs{.clock = ports.clock,
             .random = ports.random,
             .scheduler = ports.scheduler,
             .catalog = catalog,
             .ledger = ledger,
             .events = events,
             .conductor = std::make_shared<Conductor>(conductor_ports(), ports.limits)} {}

  Conductor::Ports conductor_ports() {
    return {.scheduler = ports.scheduler,
            .clock = ports.clock,
            .random = ports.random,
            .log = ports.log,
            .directory = ports.directory,
            .containers = ports.containers,
            .ledger = ledger,
            .catalog = catalog,
            .events = events,
            .surroundings = [this](const Job& job, std::string_view role) { return surroundings(job, role); }};
  }

  // Where access is controlled, a job has the keys of a session of its role.
  Result<Surroundings> surroundings(const Job& job, std::string_view role) const {
    Surroundings made{.endpoint_url = ports.endpoint_url ? ports.endpoint_url() : std::string(),
                      .access_key = ports.access_key,
                      .secret_key = ports.secret_key,
                      .session_token = {}};
    if (!ports.directory.is_enforced()) return made;
    // Without a role there is nobody whose permissions it could have.
    made.access_key.clear();
    made.secret_key.clear();
    if (role.empty()) return made;
    directory::AccessControl& access = *ports.directory.access();
    TRY_ASSIGN(const auto session, access.assume_for(role_user, {.role_arn = std::string(role),
                                                                 .session_name = task_id(job.id, job.attempt),
                                                                 .source_arn = job_arn(job.queue_arn, job.id)}));
    directory::Credentials keys = access.issue(*session, access.longest_session(role));
    made.access_key = std::move(keys.access_key);
    made.secret_key = std::move(keys.secret_key);
    made.session_token = std::move(keys.session_token);
    return made;
  }

  ServicePorts ports;
  Catalog catalog;
  Ledger ledger;
  StatusEvents events;
  Jobs jobs;
};

Service::Service(ServicePorts ports) : parts_(std::make_unique<Parts>(std::move(ports))) {}
Service::~Service() { parts_->jobs.conductor->stop(); }

Result<void> Service::start() { return parts_->jobs.conductor->start(); }
const wire::ApiModel& Service::model() const { return batch::model(); }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Jobs>(operations, parts_->jobs, call);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  if (call.operation->name != "SubmitJob") return directory::Service::fold(call, batch);
  return fold_submit_job(parts_->jobs, call, batch);
}

// A submission uses a queue and a definition; a definition hands on its roles.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs = directory::needs_of(model(), actions(), call);
  if (call.operation->name == "SubmitJob") {
    const auto place = read_place(Kind::definition, call.caller, call.text("jobDefinition"));
    std::string definition = place ? place->arn() : std::string(call.text("jobDefinition"));
    if (place && place->revision == 0) definition.resize(definition.rfind(':'));
    needs.push_back({.action = "batch:SubmitJob", .resource = std::move(definition)});
  }
  const json::Value container = object_of(call.input, "containerProperties");
  for (const std::string_view member : {"executionRoleArn", "jobRoleArn"}) {
    const std::string_view role = text_of(container, member);
    if (role.empty()) continue;
    needs.push_back({.action = "iam:PassRole", .resource = std::string(role), .passed_to = std::string(role_user)});
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  json::Arena arena;
  std::optional<json::Value> document;
  if (const auto place = parse_place_arn(arn)) {
    if (const auto found = parts_->catalog.find(arena, *place)) document = *found;
  } else if (const auto job = parse_job_arn(arn)) {
    const auto found = parts_->ledger.document(job->uuid);
    if (found && *found) document = read_document(arena, **found);
  }
  const json::Value* value = document ? object_of(*document, "tags").find(key) : nullptr;
  return value != nullptr && value->is_string() ? std::optional<std::string>(value->as_string()) : std::nullopt;
}

Task<bool> Service::ended(std::string arn) {
  const auto id = parse_job_arn(arn);
  if (!id) co_return true;
  co_return co_await parts_->jobs.conductor->ended(*id);
}

void Service::drain() { parts_->jobs.conductor->drain(); }

}  // namespace stepwell::batch
