#pragma once
// What a service's operations need to be allowed, as tables beside its operations.def:
//
//   actions.def       ACTION(operation, action, resource)      an empty action: everybody may
//   passed_roles.def  PASS_ROLE(operation, member, service)    hands the role that the input's member names, if it
//   does, to
//                                                              an AWS service: needs iam:PassRole on it, too
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
  constexpr Resource(const char* text) : form(text) {}     // NOLINT: a row of a table reads so
  constexpr Resource(Function named) : function(named) {}  // NOLINT
  std::string_view form;
  Function function = nullptr;
};

struct Action {
  std::string_view operation;
  std::string_view action;
  Resource resource;
};

struct PassedRole {
  std::string_view operation;
  std::string_view member;
  std::string_view service;  // states.amazonaws.com
};

// Both are sorted by operation.
struct Actions {
  std::span<const Action> actions = {};
  std::span<const PassedRole> passed_roles = {};
};

std::vector<Need> needs_of(const wire::ApiModel& model, const Actions& actions, const wire::Call& call);

}  // namespace stepwell::directory
