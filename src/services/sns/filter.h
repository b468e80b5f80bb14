#pragma once
// Which messages a subscription gets: its FilterPolicy, on the message's attributes or its body (FilterPolicyScope).

#include "base/error.h"
#include "lang/event_pattern/pattern.h"
#include "lang/json/value.h"

#include <string_view>

namespace stepwell::sns {

class Filter {
 public:
  // `scope` is MessageAttributes, MessageBody or empty, which is the former. The error's message is AWS's reason.
  static Result<Filter> compile(std::string_view policy, std::string_view scope);

  bool is_on_body() const { return is_on_body_; }
  // `event` is of event_pattern::event_of, or the body that has been read.
  bool passes(const json::Value& event) const { return event_pattern::matches(pattern_, event); }

 private:
  Filter(event_pattern::Pattern pattern, bool is_on_body) : pattern_(std::move(pattern)), is_on_body_(is_on_body) {}
  event_pattern::Pattern pattern_;
  bool is_on_body_;
};

}  // namespace stepwell::sns
