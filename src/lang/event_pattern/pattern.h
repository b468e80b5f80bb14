#pragma once
// Event patterns of Amazon EventBridge, and filter policies of Amazon SNS, which are the same language with limits of
// their own. A pattern is compiled once; matching an event costs time in proportion to those parts of the event that
// the pattern names.
//
// A pattern names fields and, for each, values of which one has to fit; all fields have to. Fields are paths in which
// {"a": {"b": …}} and {"a.b": …} are the same. Arrays of the event stand for their elements; fields of different
// elements of one array are never taken together. $or gives alternatives.
//
// Errors, in AWS's words, with the place that its parser names:
//   event_bus  "InvalidEventPatternException": "Event pattern is not valid. Reason: …"
//   sns_*      "InvalidParameter": what AWS says behind "Invalid parameter: " ("Invalid parameter: Attributes Reason: "
//              where a subscription is being made)

#include "base/error.h"
#include "lang/json/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::event_pattern {

enum class Dialect : std::uint8_t {
  event_bus,
  sns_attributes,  // about the attributes of a message (attributes.h): no nesting
  sns_body,        // about a message that is a JSON object
};

struct Program;

class Pattern {
 public:
  explicit Pattern(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

  // The texts that the field has to be one of; nullopt: other values may fit, too. What patterns are indexed by.
  std::optional<std::vector<std::string>> texts_of(std::string_view field) const;
  const Program& program() const { return *program_; }

 private:
  std::shared_ptr<const Program> program_;  // shared, so that patterns are cheap to hand around
};

// `text` is a JSON document. What is no JSON at all is refused with the reason "Filter is not valid JSON".
Result<Pattern> compile(std::string_view text, Dialect dialect);
// The same for a document that has been read; errors name no place.
Result<Pattern> compile(const json::Value& document, Dialect dialect);

// What is no object fits nothing.
bool matches(const Pattern& pattern, const json::Value& event);

}  // namespace stepwell::event_pattern
