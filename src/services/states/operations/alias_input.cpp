#include "services/states/operations/alias_input.h"

#include <algorithm>
#include <numeric>

#include <fmt/ranges.h>

namespace stepwell::states {
namespace {

Error invalid(std::string_view what, const std::vector<std::string_view>& received) {
  return errors::validation(
      fmt::format("Routing configuration must contain {}. Received: [{}]", what, fmt::join(received, ", ")));
}

}  // namespace

Result<Routing> read_routing(const States& states, const wire::Call& call) {
  Routing routing;
  std::vector<std::string_view> arns;
  std::vector<std::int64_t> weights;
  for (const json::Value& route : call.member("routingConfiguration")->elements()) {
    arns.push_back(route.find("stateMachineVersionArn")->as_string());
    weights.push_back(route.find("weight")->as_integer().value_or(0));
  }
  for (std::size_t i = 0; i < arns.size(); ++i) {
    const auto reference = read_machine_arn(arns[i]);
    if (!reference || reference->version() == 0) return fail(invalid("state machine version ARNs", arns));
    if (i > 0 && reference->arn != routing.machine_arn) {
      return fail(invalid("versions of one state machine", arns));
    }
    routing.machine_arn = reference->arn;
    routing.routes.push_back({.version = reference->version(), .weight = weights[i]});
  }
  if (arns.size() == 2 && arns[0] == arns[1]) return fail(invalid("distinct state machine version ARNs", arns));
  if (std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) != 100) {
    return fail(errors::validation(
        fmt::format("Sum of routing configuration weights must equal 100. Received: [{}]", fmt::join(weights, ", "))));
  }
  for (const Route& route : routing.routes) {
    TRY_ASSIGN(const auto version, states.machines.find_version(routing.machine_arn, route.version));
    if (!version) return fail(errors::resource_not_found());
  }
  return routing;
}

Result<MachineReference> read_alias_arn(const wire::Call& call) {
  const std::string_view arn = call.text("stateMachineAliasArn");
  TRY_ASSIGN(MachineReference reference, read_machine_arn(arn));
  if (reference.alias().empty()) return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", arn)));
  return reference;
}

}  // namespace stepwell::states
