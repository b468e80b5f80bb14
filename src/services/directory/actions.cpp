#include "services/directory/actions.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::directory {
namespace {

std::string_view value_of(const wire::Call& call, std::string_view name) {
  if (name == "region") return call.caller.region;
  if (name == "account") return call.caller.account;
  return call.text(name);
}

std::string fill_in(std::string_view form, const wire::Call& call) {
  std::string text;
  while (!form.empty()) {
    const std::size_t open = std::min(form.find('{'), form.size());
    text += form.substr(0, open);
    form.remove_prefix(open);
    if (form.empty()) break;
    const std::size_t close = form.find('}');
    text += value_of(call, form.substr(1, close - 1));
    form.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

std::vector<Need> needs_of(const wire::ApiModel& model, const Actions& actions, const wire::Call& call) {
  const std::string& name = call.operation->name;
  std::vector<Need> needs;
  const auto action = std::ranges::lower_bound(actions.actions, name, {}, &Action::operation);
  if (action == actions.actions.end() || action->operation != name) {
    needs.push_back({.action = fmt::format("{}:{}", model.service(), name), .resource = "*"});
  } else if (!action->action.empty()) {
    const Resource& resource = action->resource;
    needs.push_back(
        {.action = std::string(action->action),
         .resource = resource.function != nullptr ? resource.function(call) : fill_in(resource.form, call)});
  }
  const auto passed = std::ranges::lower_bound(actions.passed_roles, name, {}, &PassedRole::operation);
  if (passed != actions.passed_roles.end() && passed->operation == name && call.has(passed->member)) {
    needs.push_back({.action = "iam:PassRole",
                     .resource = std::string(call.text(passed->member)),
                     .passed_to = std::string(passed->service)});
  }
  return needs;
}

}  // namespace stepwell::directory
