#pragma once
// A bus and its rules, as events are matched with them.
//
// Most rules ask for certain sources, so rules are found by the source of an event; those that do not are asked always.

#include "services/events/rules.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::events {

class Bus {
 public:
  explicit Bus(Place place) : place_(std::move(place)) {}

  const Place& place() const { return place_; }
  // Name, Description, DeadLetterConfig, KmsKeyIdentifier, LogConfig, Policy, Tags, Created, Modified (milliseconds);
  // empty: the default bus that nobody has changed.
  std::string document;

  RulePtr find(std::string_view name) const;
  const std::map<std::string, RulePtr, std::less<>>& rules() const { return rules_; }
  void put(RulePtr rule);
  void erase(std::string_view name);

  // Calls `visit` with each enabled rule that has a pattern which the event may fit.
  template <typename Visit>
  void candidates(std::string_view source, Visit&& visit) const {
    if (const auto found = by_source_.find(std::string(source)); found != by_source_.end()) {
      for (const RulePtr& rule : found->second) visit(rule);
    }
    for (const RulePtr& rule : of_any_source_) visit(rule);
  }

  // Whether there is such a rule.
  bool awaits(std::string_view source) const {
    return !of_any_source_.empty() || by_source_.contains(std::string(source));
  }

 private:
  void index();

  Place place_;
  std::map<std::string, RulePtr, std::less<>> rules_;
  std::unordered_map<std::string, std::vector<RulePtr>> by_source_;
  std::vector<RulePtr> of_any_source_;
};

}  // namespace stepwell::events
