#pragma once
// A key of the account's root, as the command line gives it: who signs with it may do everything in the account.

#include <string>

namespace stepwell::iam {

struct RootKey {
  std::string id, secret;
  std::string account;
};

}  // namespace stepwell::iam
