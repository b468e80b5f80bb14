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

std::vector<Need> needs_of(const wire::ApiModel& model, std::span<const Action> actions, const wire::Call& call) {
  const std::string& name = call.operation->name;
  const auto rows = std::ranges::equal_range(actions, name, {}, &Action::operation);
  if (rows.empty()) return {{.action = fmt::format("{}:{}", model.service(), name), .resource = "*"}};
  std::vector<Need> needs;
  for (const Action& row : rows) {
    if (row.action.empty()) continue;
    std::string resource = row.resource.function != nullptr ? row.resource.function(call) : fill_in(row.resource.form, call);
    if (!row.passed_to.empty() && resource.empty()) continue;
    needs.push_back({.action = std::string(row.action),
                     .resource = std::move(resource),
                     .passed_to = std::string(row.passed_to)});
  }
  return needs;
}

}  // namespace stepwell::directory
