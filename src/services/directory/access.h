#pragma once
// The port to who may do what: whose a key is, whether a principal may, and the sessions that roles are used in.
// Implementation: services/iam.
//
// A refusal is the Error "AccessDenied" with AWS's sentence (User: … is not authorized to perform: … on resource: …
// because …); the directory gives it the code and status of the service that was called.

#include "base/error.h"
#include "base/time.h"
#include "wire/call.h"
#include "wire/principal.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::directory {

using PrincipalPtr = std::shared_ptr<const wire::Principal>;

// One action that a call has to be allowed.
struct Need {
  std::string action;          // states:StartExecution
  std::string resource;        // ARN, or * where the action is about none
  std::string passed_to = {};  // of iam:PassRole: the service that gets the role, states.amazonaws.com
  // The resource's own policy, JSON; empty: it has none. nullopt: such resources cannot have one here, so nobody of
  // another account is let in, and AWS services are.
  std::optional<std::string> policy = {};
};

// aws:ResourceTag/<key> of a resource.
using TagLookup = std::function<std::optional<std::string>(std::string_view arn, std::string_view key)>;

struct Identity {
  PrincipalPtr principal;
  std::string secret;  // that signatures are made with
};

// The keys of a session.
struct Credentials {
  std::string access_key, secret_key, session_token;
  Timestamp expiration{};
};

struct RoleRequest {
  std::string role_arn;
  std::string session_name;
  std::string external_id;            // empty: none
  std::string policy;                 // of the session, JSON; empty: none
  std::vector<std::string> policies;  // of the session, ARNs
  std::string source_arn;             // what a service assumes the role for
};

enum class Enforcement : std::uint8_t {
  off,  // everybody may do everything
  on,
};

class AccessControl {
 public:
  explicit AccessControl(Enforcement enforcement) : enforcement_(enforcement) {}
  AccessControl(const AccessControl&) = delete;
  AccessControl& operator=(const AccessControl&) = delete;
  virtual ~AccessControl() = default;

  bool enforces() const { return enforcement_ == Enforcement::on; }

  // Whose key that is. `session_token` is empty where the request has none. Errors "UnrecognizedClientException",
  // "ExpiredTokenException".
  virtual Result<Identity> identify(std::string_view access_key, std::string_view session_token) = 0;

  // Whether the principal of the call may. Error "AccessDenied".
  virtual Result<void> authorize(const wire::Call& call, const Need& need, const TagLookup& tag_of) = 0;

  // The role's session for the caller: both the role's trust and the caller's own policies have to allow it. Errors
  // "AccessDenied", "MalformedPolicyDocumentException".
  virtual Result<PrincipalPtr> assume(const wire::Caller& caller, const RoleRequest& request) = 0;
  // The same for an AWS service (states.amazonaws.com), where only the trust counts.
  virtual Result<PrincipalPtr> assume_for(std::string_view service, const RoleRequest& request) = 0;

  // Temporary keys of a principal.
  virtual Credentials issue(const wire::Principal& principal, Duration duration) = 0;
  // MaxSessionDuration of a role.
  virtual Duration longest_session(std::string_view role_arn) const = 0;

  // A request that was signed with the key has been let in.
  virtual void used(std::string_view access_key, std::string_view service, std::string_view region) = 0;

  // The account that an access key belongs to.
  virtual Result<std::string> account_of(std::string_view access_key) const = 0;

 private:
  const Enforcement enforcement_;
};

}  // namespace stepwell::directory
