#include "lang/jsonata/evaluate/matcher.h"

#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/stringify.h"

#include <cmath>

namespace stepwell::jsonata {
namespace {

Value text_of(Evaluator&, std::string_view text, const Value& whole) {
  return Value::string(text, whole.is_temporary());
}

// `start`: the place of the match in UTF-16 units.
Value object_of(Evaluator& evaluator, const Pattern& pattern, const Value& text, const Pattern::Match& match,
                std::size_t start) {
  Memory& memory = evaluator.memory();
  const std::string_view whole = text.as_string();
  const std::string_view matched = whole.substr(match.begin, match.end - match.begin);
  std::vector<Value> groups;
  for (const auto& group : match.groups) groups.push_back(group ? text_of(evaluator, *group, text) : Value());
  auto* const next = memory.arena().make<NextMatch>();
  memory.charge(sizeof(NextMatch));
  next->kind = Function::Kind::next_match;
  next->pattern = &pattern;
  next->text = text;
  next->offset = match.end;
  Object* const made = memory.object(5);
  made->set(memory, Value::string("match"), text_of(evaluator, matched, text));
  made->set(memory, Value::string("start"), Value::number(static_cast<double>(start)));
  made->set(memory, Value::string("end"), Value::number(static_cast<double>(start + utf16_length(matched))));
  made->set(memory, Value::string("groups"), memory.array(groups));
  made->set(memory, Value::string("next"), Value::function(next));
  return Value::object(made);
}

Value match_from(Evaluator& evaluator, const Pattern& pattern, const Value& text, std::size_t offset,
                 const CallSite& site) {
  const auto match = pattern.find(text.as_string(), offset, evaluator.budget());
  if (evaluator.budget().is_exceeded()) return evaluator.fail(Code::U1002, site.position);
  if (!match) return {};
  if (match->begin == match->end) return evaluator.fail(Code::D1004, site.position);
  if (!evaluator.budget().spend_text(match->begin)) return evaluator.fail(Code::U1002, site.position);
  return object_of(evaluator, pattern, text, *match, utf16_length(text.as_string().substr(0, match->begin)));
}

// Whether a function has answered as a matcher has to.
bool is_match(const Value& value) {
  if (!value.is_object()) return false;
  return value.find("start").is_number() || value.find("end").is_number() || value.find("groups").is_array() ||
         value.find("next").is_function();
}

std::size_t place_of(const Value& unit, std::string_view text) {
  const double number = unit.is_number() ? unit.as_number() : 0;
  return number > 0 ? offset_of_utf16(text, static_cast<std::size_t>(std::min(number, 1e9))) : 0;
}

}  // namespace

Value call_matcher(Evaluator& evaluator, const MatcherFunction& function, std::span<const Value> arguments,
                   const CallSite& site) {
  if (arguments.empty() || !arguments[0].is_string()) return {};
  std::size_t offset = 0;
  if (arguments.size() > 1) offset = place_of(arguments[1], arguments[0].as_string());
  return match_from(evaluator, *function.pattern, arguments[0], offset, site);
}

Value call_next_match(Evaluator& evaluator, const NextMatch& function, const CallSite& site) {
  return match_from(evaluator, *function.pattern, function.text, function.offset, site);
}

Matches::Matches(Evaluator& evaluator, const Value& matcher, const Value& text, const CallSite& site)
    : evaluator_(evaluator), matcher_(matcher), text_(text), site_(site) {
  if (matcher.as_function().kind == Function::Kind::matcher) {
    pattern_ = static_cast<const MatcherFunction&>(matcher.as_function()).pattern;
  }
}

bool Matches::next() { return pattern_ != nullptr ? next_of_pattern() : next_of_function(); }

bool Matches::next_of_pattern() {
  const std::string_view text = text_.as_string();
  const auto match = pattern_->find(text, end_, evaluator_.budget());
  if (evaluator_.budget().is_exceeded()) {
    evaluator_.fail(Code::U1002, site_.position);
    has_failed_ = true;
    return false;
  }
  if (!match) return false;
  if (match->begin == match->end) {
    evaluator_.fail(Code::D1004, site_.position);
    has_failed_ = true;
    return false;
  }
  start_unit_ += utf16_length(text.substr(begin_, match->begin - begin_));
  begin_ = match->begin;
  end_ = match->end;
  match_ = text_of(evaluator_, text.substr(begin_, end_ - begin_), text_);
  groups_.clear();
  for (const auto& group : match->groups) groups_.push_back(group ? text_of(evaluator_, *group, text_) : Value());
  return true;
}

bool Matches::next_of_function() {
  Value answer;
  if (!has_begun_) {
    answer = evaluator_.apply(matcher_.as_function(), {&text_, 1}, {}, site_);
  } else if (const Value next = object_.find("next"); next.is_function()) {
    answer = evaluator_.apply(next.as_function(), {}, {}, site_);
  }
  has_begun_ = true;
  has_failed_ = answer.is_failure();
  if (has_failed_ || answer.is_undefined()) return false;
  if (!is_match(answer)) {
    const bool is_nothing = answer.is_null() || (answer.is_boolean() && !answer.as_boolean());
    if (!is_nothing) {
      evaluator_.fail(Code::T1010, site_.position, {site_.name.empty() ? "undefined" : quoted(site_.name)});
      has_failed_ = true;
    }
    return false;
  }
  object_ = answer;
  evaluator_.budget().spend_text(text_.as_string().size());
  const Value start = answer.find("start");
  begin_ = place_of(start, text_.as_string());
  end_ = std::max(begin_, place_of(answer.find("end"), text_.as_string()));
  start_unit_ = start.is_number() && start.as_number() > 0 ? static_cast<std::size_t>(start.as_number()) : 0;
  match_ = answer.find("match");
  groups_.clear();
  const Value groups = answer.find("groups");
  for (std::size_t i = 0; groups.is_array() && i < groups.size(); ++i) groups_.push_back(groups.element(i));
  return true;
}

Value Matches::object() {
  if (pattern_ == nullptr) return object_;
  Pattern::Match match{.begin = begin_, .end = end_, .groups = {}};
  for (const Value& group : groups_) {
    match.groups.push_back(group.is_string() ? std::optional(group.as_string()) : std::nullopt);
  }
  return object_of(evaluator_, *pattern_, text_, match, start_unit_);
}

}  // namespace stepwell::jsonata
