#pragma once
// What Lambda authorizers have said, and for how long that holds.

#include "base/ports.h"
#include "lang/json/value.h"
#include "lang/policy/document.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

struct Verdict {
  bool is_authorized = false;                // of a simple answer
  std::optional<policy::Document> document;  // of the other kind
  std::string principal_id;
  json::Arena arena;
  json::Value context;  // an object, or null

  bool allows(std::string_view route_arn) const;
};
// nullptr: it is no such answer.
std::shared_ptr<const Verdict> read_verdict(std::string_view answer, bool simple);

class Verdicts {
 public:
  explicit Verdicts(Clock& clock) : clock_(clock) {}

  static std::string key_of(std::string_view api, std::string_view authorizer, std::span<const std::string> identity);
  std::shared_ptr<const Verdict> find(const std::string& key) const;  // nullptr: there is none
  void keep(const std::string& key, std::shared_ptr<const Verdict> verdict, std::chrono::seconds time);
  void forget(std::string_view api);

 private:
  struct Kept {
    std::shared_ptr<const Verdict> verdict;
    Timestamp until{};
  };
  static constexpr std::size_t max_kept = 4'096;

  Clock& clock_;
  std::map<std::string, Kept> kept_;
};

}  // namespace stepwell::apigateway
