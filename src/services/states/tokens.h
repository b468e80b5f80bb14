#pragma once
// Texts that clients carry for us: task tokens and page tokens. Both are sealed with a key of the data directory, so
// they survive restarts and cannot be forged or altered.

#include "base/error.h"
#include "base/time.h"
#include "crypto/seal.h"
#include "engine/ids.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

class Tokens {
 public:
  // Reads the key from the store, or makes one and waits until it is stored.
  static Result<Tokens> open(store::Store& store);

  std::string task_token(const engine::TaskRef& task) const;
  // Error InvalidToken.
  Result<engine::TaskRef> read_task_token(std::string_view token) const;

  // `position` continues a listing; it holds for the same `listing` (operation and parameters) and for 24 hours.
  std::string page_token(std::string_view listing, std::string_view position, Timestamp now) const;
  Result<std::string> read_page_token(std::string_view listing, std::string_view token, Timestamp now) const;

 private:
  explicit Tokens(crypto::Sealer sealer) : sealer_(std::move(sealer)) {}
  crypto::Sealer sealer_;
};

}  // namespace stepwell::states
