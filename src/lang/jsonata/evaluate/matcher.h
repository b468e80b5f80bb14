#pragma once
// Regular expressions as functions, and functions as matchers. A matcher is called with a text (and where to begin) and
// yields undefined, or {"match", "start", "end", "groups", "next"}; next() yields the following match.

#include "lang/jsonata/evaluate/evaluator.h"

namespace stepwell::jsonata {

Value call_matcher(Evaluator& evaluator, const MatcherFunction& function, std::span<const Value> arguments,
                   const CallSite& site);
Value call_next_match(Evaluator& evaluator, const NextMatch& function, const CallSite& site);

// The matches of a matcher in a text, one after the other, whatever the matcher is.
class Matches {
 public:
  // `text` is a string.
  Matches(Evaluator& evaluator, const Value& matcher, const Value& text, const CallSite& site);

  // Moves to the next match; false when there is none, or when it failed (see has_failed).
  bool next();
  bool has_failed() const { return has_failed_; }

  std::size_t begin() const { return begin_; }  // bytes
  std::size_t end() const { return end_; }
  Value match() const { return match_; }
  std::size_t start_unit() const { return start_unit_; }
  // Of the match: strings, and undefined for what took no part.
  std::span<const Value> groups() const { return groups_; }
  // What a replacement function is given.
  Value object();

 private:
  bool next_of_pattern();
  bool next_of_function();

  Evaluator& evaluator_;
  Value matcher_;
  Value text_;
  CallSite site_;
  const Pattern* pattern_ = nullptr;
  bool has_begun_ = false;
  bool has_failed_ = false;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t start_unit_ = 0;
  Value match_;
  Value object_;
  std::vector<Value> groups_;
};

}  // namespace stepwell::jsonata
