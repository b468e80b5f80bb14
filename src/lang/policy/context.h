#pragma once
// What is known of a request, as conditions and policy variables ask for it: aws:SourceIp, aws:username,
// aws:ResourceTag/stage. The names of keys are compared without regard to case.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::policy {

using Values = std::vector<std::string>;

class Context {
 public:
  virtual ~Context() = default;
  // `key` as the policy writes it; nullopt: the request has no such key.
  virtual std::optional<Values> find(std::string_view key) const = 0;
};

// A context that is written down.
class KnownContext final : public Context {
 public:
  KnownContext& add(std::string key, std::string value) { return add(std::move(key), Values{std::move(value)}); }
  KnownContext& add(std::string key, Values values);
  std::optional<Values> find(std::string_view key) const override;

 private:
  std::vector<std::pair<std::string, Values>> entries_;
};

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace stepwell::policy
