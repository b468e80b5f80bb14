#pragma once
// Who a call is made by, once that is known: as GetCallerIdentity shows it and as policies name it.

#include <cstdint>
#include <string>
#include <utility>

namespace stepwell::wire {

struct Principal {
  enum class Kind : std::uint8_t { root, user, assumed_role, service };

  Kind kind = Kind::root;
  std::string account;
  std::string name;      // of the user, of the role that is assumed, or of the service
  std::string arn;       // …:root, …:user/Ada, arn:aws:sts::123456789012:assumed-role/Worker/session
  std::string id;        // the account, AIDA…, AROA…:session
  std::string role_arn;  // of an assumed role
  virtual ~Principal() = default;
};

// An AWS service that does something for what belongs to an account: sns.amazonaws.com for a topic. It goes by its
// name.
struct ServicePrincipal final : Principal {
  ServicePrincipal(std::string service, std::string source) : source_arn(std::move(source)) {
    kind = Kind::service;
    name = arn = id = std::move(service);
  }
  std::string source_arn;
};

}  // namespace stepwell::wire
