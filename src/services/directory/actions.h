#pragma once
// What a service's operations need to be allowed, as a table: actions.def beside operations.def.
//
//   ACTION(operation, action, resource)   an operation may have several; it needs all of them
//   PASS_ROLE(operation, member, service) hands the role that the input's member names to an AWS service
//   FREE(operation)                       everybody may
//
// `resource` is a text, in which {region} and {account} are the caller's and {member} is that member of the input, or a
// function of the call. An operation without a line needs the action of its own name on *.

#include "services/directory/access.h"
#include "wire/api_model.h"
#include "wire/call.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::directory {

struct Resource {
  using Function = std::string (*)(const wire::Call& call);
  constexpr Resource(const char* text) : form(text) {}            // NOLINT: a row of a table reads so
  constexpr Resource(Function named) : function(named) {}         // NOLINT
  std::string_view form;
  Function function = nullptr;
};

struct Action {
  std::string_view operation;
  std::string_view action;  // empty: everybody may
  Resource resource;
  std::string_view passed_to = {};  // of iam:PassRole; where the member is absent, nothing is passed
};

// `actions` is sorted by operation.
std::vector<Need> needs_of(const wire::ApiModel& model, std::span<const Action> actions, const wire::Call& call);

}  // namespace stepwell::directory
