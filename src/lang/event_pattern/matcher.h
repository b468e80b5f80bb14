#pragma once
// What one value of a field is compared with.

#include "base/budget.h"
#include "lang/json/value.h"
#include "lang/policy/address.h"
#include "lang/policy/glob.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::event_pattern {

enum class Operator : std::uint8_t {
  literal,  // null, true, false
  number,   // by mathematical value
  text,
  prefix,
  suffix,
  equals_ignore_case,
  prefix_ignore_case,
  suffix_ignore_case,
  wildcard,
  numeric,  // a range
  cidr,
  exists,
  absent,        // never fits a value
  anything_but,  // any value that fits none of `others`
};

// A bound of a range of numbers.
struct Bound {
  double value = 0;
  bool open = false;  // the value itself is outside
};

struct Matcher {
  Operator operation;
  // The text; a number's lexeme; "null", "true" or "false". In lower case where case is ignored.
  std::string text = {};
  std::optional<policy::AddressRange> range = {};  // of cidr; of a text that is an address
  std::optional<Bound> low = {}, high = {};        // of numeric
  policy::Glob glob = {};                          // of wildcard
  std::vector<Matcher> others = {};

  // Whether a value that is neither array nor object fits. A budget that is used up is no match.
  bool fits(const json::Value& value, Budget& budget) const;
};

// As equals-ignore-case sees a text.
std::string without_case(std::string_view text);

// The range of a cidr matcher, which begins with the address that it is written with: 10.0.0.5/24 is 10.0.0.5 to
// 10.0.0.255.
bool in_range(const policy::AddressRange& range, std::string_view address, bool of_version6);

}  // namespace stepwell::event_pattern
