#include "lang/json/decimal.h"
#include "lang/json/scratch.h"
#include "lang/json/value.h"

namespace stepwell::json {
namespace {

struct Pair {
  Value a, b;
};
using Pending = Scratch<Pair, 32>;

bool equal_numbers(std::string_view a, std::string_view b) { return a == b || Decimal(a) == Decimal(b); }

// Compares what can be seen at once; the parts of containers of the same size are left for later.
bool compare(Pending& pending, const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.same_as(b)) return true;
  switch (a.kind()) {
    case Kind::null: return true;
    case Kind::boolean: return a.as_boolean() == b.as_boolean();
    case Kind::number: return equal_numbers(a.lexeme(), b.lexeme());
    case Kind::string: return a.as_string() == b.as_string();
    case Kind::array:
    case Kind::object:
      if (a.size() != b.size()) return false;
      if (a.size() > 0) pending.push(a, b);
      return true;
  }
  return false;
}

bool compare_elements(Pending& pending, const Value& a, const Value& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!compare(pending, a.elements()[i], b.elements()[i])) return false;
  }
  return true;
}

// Keys are distinct and the sizes agree: it is enough to find every key of one in the other. Most often they stand at
// the same place.
bool compare_members(Pending& pending, const Value& a, const Value& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Member& member = a.members()[i];
    const Member& opposite = b.members()[i];
    const Value* const other = opposite.key == member.key ? &opposite.value : b.find(member.key);
    if (other == nullptr || !compare(pending, member.value, *other)) return false;
  }
  return true;
}

}  // namespace

// Without recursion, as a tree may be built deeper than any text is parsed.
bool equal(const Value& a, const Value& b) {
  Pending pending;
  if (!compare(pending, a, b)) return false;
  while (!pending.empty()) {
    const Pair pair = pending.pop();
    const bool same =
        pair.a.is_array() ? compare_elements(pending, pair.a, pair.b) : compare_members(pending, pair.a, pair.b);
    if (!same) return false;
  }
  return true;
}

}  // namespace stepwell::json
