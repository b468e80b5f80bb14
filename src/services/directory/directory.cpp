#include "services/directory/directory.h"

#include "services/directory/actions.h"
#include "wire/errors.h"
#include "wire/validate.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::directory {
namespace {

Error service_not_found(std::string_view service) {
  return {Fault::client, "ServiceNotFound", fmt::format("There is no service '{}' here", service),
          fmt::format("Name one that answers for it: --endpoint {}=URL", service), 0};
}

// As the services of each protocol call it.
Error as_refusal(const wire::ApiModel& model, Error error) {
  const bool is_json = model.protocol() == wire::Protocol::aws_json;
  const bool is_rest = model.protocol() == wire::Protocol::rest_json;
  error.code = is_json || is_rest ? "AccessDeniedException" : "AccessDenied";
  error.status = is_json && !model.older_protocol() ? 400 : 403;
  return error;
}

}  // namespace

void Directory::add(std::unique_ptr<Service> service) {
  const wire::ApiModel* model = &service->model();
  const auto same = std::ranges::find(models_, model->service(), &wire::ApiModel::service);
  if (same == models_.end()) {
    services_.push_back(std::move(service));
    models_.push_back(model);
    return;
  }
  services_[static_cast<std::size_t>(same - models_.begin())] = std::move(service);
  *same = model;
}

Service* Directory::find(std::string_view service) const {
  const auto found = std::ranges::find(models_, service, &wire::ApiModel::service);
  return found == models_.end() ? nullptr : services_[static_cast<std::size_t>(found - models_.begin())].get();
}

void Directory::drain() const {
  for (const auto& service : services_) service->drain();
}

Result<Service*> Directory::prepare(std::string_view service, std::string_view operation, wire::Call& call) const {
  Service* const found = find(service);
  if (found == nullptr) return fail(service_not_found(service));
  call.operation = found->model().operation(operation);
  if (call.operation == nullptr) {
    return fail(wire::unknown_operation(fmt::format("{} has no operation '{}'", service, operation)));
  }
  TRY(wire::validate_input(*call.operation->input, call.input, found->model().validation_error(),
                           found->model().missing_error()));
  TRY(authorize(*found, call));
  return found;
}

Result<void> Directory::authorize_needs(Service& service, const wire::Call& call) const {
  const auto tag_of = [&service](std::string_view arn, std::string_view key) { return service.tag(arn, key); };
  for (const Need& need : service.needs(call)) {
    const auto allowed = access_->authorize(call, need, tag_of);
    if (!allowed) return fail(as_refusal(service.model(), allowed.error()));
  }
  return {};
}

Task<Result<wire::Reply>> Directory::call(std::string service, std::string operation, wire::Call& call,
                                          store::Batch* effect) {
  CO_TRY_ASSIGN(Service * found, prepare(service, operation, call));
  if (effect != nullptr) {
    auto folded = found->fold(call, *effect);
    if (folded || folded.error().code != not_foldable) co_return folded;
  }
  co_return co_await found->call(call);
}

Result<wire::Reply> Directory::fold(std::string_view service, std::string_view operation, wire::Call& call,
                                    store::Batch& batch) {
  TRY_ASSIGN(Service * found, prepare(service, operation, call));
  return found->fold(call, batch);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch&) {
  return fail({.fault = Fault::server,
               .code = std::string(not_foldable),
               .message = fmt::format("{} cannot be part of another commit.", call.operation->name)});
}

std::vector<Need> Service::needs(const wire::Call& call) const { return needs_of(model(), {}, call); }

std::optional<std::string> Service::tag(std::string_view, std::string_view) const { return std::nullopt; }

}  // namespace stepwell::directory
