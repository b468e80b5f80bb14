#include "services/states/test_state/response_shape.h"

#include "services/states/sdk/result.h"

#include <algorithm>
#include <array>

namespace stepwell::states {
namespace {

// Embedding is C23, which the compiler offers here too.
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char batch[] = {
#embed "responses/batch.json"
};
constexpr char dynamodb[] = {
#embed "responses/dynamodb.json"
};
constexpr char ecs[] = {
#embed "responses/ecs.json"
};
constexpr char events[] = {
#embed "responses/events.json"
};
constexpr char kms[] = {
#embed "responses/kms.json"
};
constexpr char s3[] = {
#embed "responses/s3.json"
};
constexpr char secretsmanager[] = {
#embed "responses/secretsmanager.json"
};
constexpr char sns[] = {
#embed "responses/sns.json"
};
constexpr char sqs[] = {
#embed "responses/sqs.json"
};

// Read at the first use: few programs test states of more than one of these.
#define RESPONSE_MODEL(name, optimised, sdk)                                       \
  const wire::ApiModel& name##_model() {                                           \
    static const auto loaded = wire::ApiModel::load_embedded({name, sizeof name}); \
    return *loaded;                                                                \
  }
#include "services/states/test_state/response_models.def"
#undef RESPONSE_MODEL

struct Entry {
  std::string_view optimised;
  std::string_view sdk;
  const wire::ApiModel& (*model)();
};

constexpr auto embedded = std::to_array<Entry>({
#define RESPONSE_MODEL(name, optimised, sdk) {optimised, sdk, name##_model},
#include "services/states/test_state/response_models.def"
#undef RESPONSE_MODEL
});

// The services that are here, as the AWS SDK and the directory name them.
struct Here {
  std::string_view sdk;
  std::string_view service;
};
constexpr auto here = std::to_array<Here>({
#define SERVICE(name, service, prefix) {name, service},
#include "services/states/sdk/services.def"
#undef SERVICE
});

constexpr std::string_view sdk_prefix = "aws-sdk:";

// What tells how a job stands, of the operation that begins it.
struct Poll {
  std::string_view service;
  std::string_view action;
  std::string_view asks;
};
constexpr auto polls = std::to_array<Poll>({{"batch", "submitJob", "describeJobs"},
                                            {"ecs", "runTask", "describeTasks"},
                                            {"states", "startExecution", "describeExecution"}});

const wire::ApiModel* find_model(const directory::Directory& directory, std::string_view service) {
  const bool by_sdk = service.starts_with(sdk_prefix);
  if (by_sdk) service.remove_prefix(sdk_prefix.size());
  const auto known = std::ranges::find(here, service, by_sdk ? &Here::sdk : &Here::service);
  if (known != here.end()) {
    if (const directory::Service* found = directory.find(known->service)) return &found->model();
  }
  const auto entry = std::ranges::find(embedded, service, by_sdk ? &Entry::sdk : &Entry::optimised);
  return entry == embedded.end() ? nullptr : &entry->model();
}

// The operation whose answer is the task's; empty: not known.
std::string_view answering_action(const asl::Resource& resource) {
  using enum asl::Pattern;
  if (resource.pattern == request_response) return resource.action;
  if (resource.pattern == wait_for_task_token) return {};
  const auto poll = std::ranges::find_if(polls, [&resource](const Poll& each) {
    return each.service == resource.service && each.action == resource.action;
  });
  return poll == polls.end() ? std::string_view{} : poll->asks;
}

}  // namespace

const wire::Shape* response_shape(const directory::Directory& directory, const asl::Resource& resource) {
  if (resource.kind != asl::Resource::Kind::integration) return nullptr;
  const std::string_view action = answering_action(resource);
  const wire::ApiModel* model = action.empty() ? nullptr : find_model(directory, resource.service);
  if (model == nullptr) return nullptr;
  const auto operation = std::ranges::find_if(model->operations(), [action](const wire::OperationModel& each) {
    return sdk::is_pascal_name_of(each.name, action);
  });
  return operation == model->operations().end() ? nullptr : operation->output;
}

}  // namespace stepwell::states
