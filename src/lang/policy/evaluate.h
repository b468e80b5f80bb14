#pragma once
// Whether policies allow a request: a Deny that fits is the end of it, then one Allow that fits is enough, and what no
// statement fits is not allowed.

#include "lang/policy/document.h"

#include <cstdint>
#include <string_view>

namespace stepwell::policy {

// Who asks, as policies name principals.
struct Actor {
  std::string_view arn;      // arn:aws:iam::123456789012:user/Ada, arn:aws:sts::123456789012:assumed-role/Worker/one
  std::string_view role;     // ARN of the role that is assumed; empty: none
  std::string_view account;  // empty: an AWS service
  std::string_view service;  // states.amazonaws.com; empty: none
  std::string_view id;       // AIDA…, AROA…
};

struct Request {
  std::string_view action;    // states:StartExecution
  std::string_view resource;  // ARN; not looked at by documents that name none
  const Context& context;
  Actor actor{};  // not looked at by documents that name no principals
};

enum class Verdict : std::uint8_t { implicitly_denied, allowed, explicitly_denied };

struct Finding {
  Verdict verdict = Verdict::implicitly_denied;
  const Statement* statement = nullptr;  // that decided; nullptr: none did
  // The statement means the actor's whole account, which is to decide for itself who of it may.
  bool by_account = false;
};

// A document that would take too long to look through denies.
Finding evaluate(const Document& document, const Request& request);

}  // namespace stepwell::policy
