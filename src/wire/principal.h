#pragma once
// Who a call is made by, once that is known: as GetCallerIdentity shows it and as policies name it.

#include <cstdint>
#include <string>

namespace stepwell::wire {

struct Principal {
  enum class Kind : std::uint8_t { root, user, assumed_role };

  Kind kind = Kind::root;
  std::string account;
  std::string name;      // of the user, or of the role that is assumed
  std::string arn;       // …:root, …:user/Ada, arn:aws:sts::123456789012:assumed-role/Worker/session
  std::string id;        // the account, AIDA…, AROA…:session
  std::string role_arn;  // of an assumed role
  virtual ~Principal() = default;
};

}  // namespace stepwell::wire
