#pragma once
// What IAM keeps: users, roles, policies of the customer's own and access keys. Values that are kept do not change; a
// change is a new value in the place of the old one, so that whoever decides by one can go on with it.
//
// Names are compared without regard to case where two must not be the same, and exactly where one is looked for.

#include "base/time.h"
#include "lang/policy/document.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::iam {

using Compiled = std::shared_ptr<const policy::Document>;

struct Tag {
  std::string key, value;
};

// A policy that is part of a user or role.
struct InlinePolicy {
  std::string name;
  std::string document;
  Compiled compiled;
};

// What users and roles have in common.
struct Entity {
  std::string account;
  std::string path = "/";
  std::string name;
  std::string id;  // AIDA…, AROA…
  Timestamp created{};
  std::string boundary;  // ARN of the policy that bounds what the others allow; empty: none
  std::vector<Tag> tags;
  std::vector<InlinePolicy> policies;  // by name
  std::vector<std::string> attached;   // ARNs, in the order in which they came
};

struct User : Entity {
  std::string arn() const;
};

struct Role : Entity {
  std::string description;
  std::uint32_t max_session_seconds = 3'600;
  std::string trust;  // document
  Compiled compiled_trust;
  std::string arn() const;
};

struct PolicyVersion {
  std::uint32_t number = 1;
  std::string document;
  Timestamp created{};
  Compiled compiled;
  std::string id() const;  // v1
};

struct ManagedPolicy {
  std::string account;  // "aws": AWS's own
  std::string path = "/";
  std::string name;
  std::string id;  // ANPA…
  std::string description;
  Timestamp created{}, updated{};
  std::vector<Tag> tags;
  std::vector<PolicyVersion> versions;  // by number
  std::uint32_t default_version = 1;
  std::uint32_t last_version = 1;
  std::string arn() const;
  const PolicyVersion& current() const;
};

struct AccessKey {
  std::string id;  // AKIA…
  std::string secret;
  std::string account;
  std::string user;
  bool active = true;
  Timestamp created{};
};

std::string lower(std::string_view text);

}  // namespace stepwell::iam
