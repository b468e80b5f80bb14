#pragma once
// Temporary credentials. Nothing of them is kept here: the session token is the session itself, sealed with the key of
// the data directory, and the client brings it back with every request.

#include "base/error.h"
#include "base/time.h"
#include "crypto/seal.h"
#include "services/directory/access.h"
#include "services/iam/entities.h"
#include "wire/principal.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::iam {

// The principal of temporary credentials: a role's session, or a user.
struct SessionPrincipal final : wire::Principal {
  std::string policy;                 // document; empty: none
  std::vector<std::string> policies;  // ARNs
  Compiled compiled;                  // of `policy`
  Timestamp issued{};
};

struct Session {
  std::shared_ptr<const SessionPrincipal> principal;
  std::string access_key;
  std::string secret;
  Timestamp expires{};
};

class Sessions {
 public:
  explicit Sessions(const crypto::Sealer& sealer) : sealer_(sealer) {}

  directory::Credentials issue(const wire::Principal& principal, Timestamp now, Duration duration) const;
  // Errors "UnrecognizedClientException" for a token that is not of that key, "ExpiredTokenException".
  Result<Session> open(std::string_view access_key, std::string_view token, Timestamp now);

 private:
  const crypto::Sealer& sealer_;
  struct Opened {
    std::string token;
    Session session;
  };
  std::unordered_map<std::string, Opened> opened_;  // by access key: requests come in rows
};

Error invalid_token();

}  // namespace stepwell::iam
