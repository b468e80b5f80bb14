#include "services/directory/directory.h"

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

Task<Result<wire::Reply>> Directory::call(std::string service, std::string operation, wire::Call& call) {
  Service* const found = find(service);
  if (found == nullptr) co_return fail(service_not_found(service));
  call.operation = found->model().operation(operation);
  if (call.operation == nullptr) {
    co_return fail(wire::unknown_operation(fmt::format("{} has no operation '{}'", service, operation)));
  }
  CO_TRY(wire::validate_input(*call.operation->input, call.input));
  co_return co_await found->call(call);
}

}  // namespace stepwell::directory
