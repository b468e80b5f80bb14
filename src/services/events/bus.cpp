#include "services/events/bus.h"

namespace stepwell::events {

RulePtr Bus::find(std::string_view name) const {
  const auto found = rules_.find(name);
  return found == rules_.end() ? nullptr : found->second;
}

void Bus::put(RulePtr rule) {
  const std::string name = rule->place.name;
  rules_.insert_or_assign(name, std::move(rule));
  index();
}

void Bus::erase(std::string_view name) {
  if (const auto found = rules_.find(name); found != rules_.end()) rules_.erase(found);
  index();
}

void Bus::index() {
  by_source_.clear();
  of_any_source_.clear();
  for (const auto& [name, rule] : rules_) {
    if (!rule->is_enabled || !rule->pattern || rule->targets.empty()) continue;
    if (const auto sources = rule->pattern->texts_of("source")) {
      for (const std::string& source : *sources) by_source_[source].push_back(rule);
    } else {
      of_any_source_.push_back(rule);
    }
  }
}

}  // namespace stepwell::events
