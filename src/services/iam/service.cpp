#include "services/iam/service.h"

#include "lang/policy/context.h"
#include "services/directory/operations.h"
#include "services/iam/iam.h"
#include "services/iam/model.h"
#include "wire/arn.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Iam>>({
#define OPERATION(name, function) {#name, function},
#include "services/iam/operations.def"
#undef OPERATION
});

std::string_view name_of(std::string_view resource) { return resource.substr(resource.rfind('/') + 1); }

}  // namespace

struct Service::Parts {
  Parts(const ServicePorts& ports, std::unique_ptr<Registry> opened)
      : registry(std::move(opened)),
        access(*registry, ports.clock, ports.root_keys, ports.enforcement),
        iam{.clock = ports.clock, .registry = *registry, .access = access} {}

  // The user or role that an ARN of IAM means, whatever its path. nullptr: there is none.
  std::shared_ptr<const Entity> find(std::string_view arn) const {
    const auto parsed = wire::Arn::parse(arn);
    if (!parsed || parsed->service != "iam") return nullptr;
    const std::string_view name = name_of(parsed->resource);
    if (parsed->resource.starts_with("user/")) return registry->find_user(parsed->account, name);
    if (parsed->resource.starts_with("role/")) return registry->find_role(parsed->account, name);
    return nullptr;
  }

  std::unique_ptr<Registry> registry;
  Access access;
  Iam iam;
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::open(ServicePorts ports) {
  TRY_ASSIGN(auto registry, Registry::open(ports.store, ports.scheduler));
  return std::unique_ptr<Service>(new Service(std::make_unique<Parts>(ports, std::move(registry))));
}

const wire::ApiModel& Service::model() const { return iam::model(); }
directory::AccessControl& Service::access() { return parts_->access; }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Iam>(operations, parts_->iam, call);
}

// With the path of what is there; where a user is left away, it is the caller.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs = directory::needs_of(model(), actions(), call);
  for (directory::Need& need : needs) {
    const bool is_of_caller = need.resource.ends_with(":user/") && !call.has("UserName");
    if (is_of_caller && call.operation->name != "ListUsers" && call.caller.principal != nullptr) {
      need.resource = call.caller.principal->arn;
    } else if (!call.operation->name.starts_with("Create") || call.operation->name == "CreateAccessKey") {
      const auto arn = wire::Arn::parse(need.resource);
      const auto entity = parts_->find(need.resource);
      if (entity == nullptr) continue;
      const std::string_view type = arn->resource.substr(0, arn->resource.find('/'));
      need.resource = fmt::format("arn:aws:iam::{}:{}{}{}", entity->account, type, entity->path, entity->name);
    }
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto entity = parts_->find(arn);
  if (entity == nullptr) return std::nullopt;
  for (const Tag& tag : entity->tags) {
    if (policy::equal_ignoring_case(tag.key, key)) return tag.value;
  }
  return std::nullopt;
}

}  // namespace stepwell::iam
