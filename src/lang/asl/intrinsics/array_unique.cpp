#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"
#include "lang/json/print.h"

#include <bit>
#include <unordered_set>

namespace stepwell::asl {
namespace {

// Equal for values that are equal in Java, and only for those: objects without regard to order, 1 and 1.0 are two.
std::string identity(const json::Value& value) {
  if (value.is_number()) return fmt::format("#{}", intrinsics::java_text(value));
  if (value.is_array()) {
    std::string text = "[";
    for (const json::Value& element : value.elements()) text.append(identity(element)) += ',';
    return text;
  }
  if (!value.is_object()) return json::print(value);
  std::vector<std::string> members;
  for (const json::Member& member : value.members()) {
    std::string text;
    json::print_string(text, member.key);
    members.push_back(text.append(identity(member.value)));
  }
  std::ranges::sort(members);
  return fmt::format("{{{}}}", fmt::join(members, ","));
}

struct Entry {
  std::uint32_t bucket;
  std::size_t index;
  json::Value value;
};

// AWS puts the elements into a Java HashSet and reads them back, so their order is that of its buckets: [3,1,2] gives
// [1,2,3]. The table has room for all elements at a load of 3/4, and 16 buckets at least.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!arguments[0].is_array()) return intrinsics::invalid_arguments(array_unique_intrinsic.name);
  const std::span<const json::Value> elements = arguments[0].elements();
  const std::size_t buckets = std::max<std::size_t>(16, std::bit_ceil(elements.size() * 4 / 3 + 1));
  std::unordered_set<std::string> seen;
  std::vector<Entry> entries;
  for (const json::Value& element : elements) {
    if (!seen.insert(identity(element)).second) continue;
    const auto hash = static_cast<std::uint32_t>(intrinsics::java_hash(element));
    entries.push_back({.bucket = (hash ^ hash >> 16U) & static_cast<std::uint32_t>(buckets - 1),
                       .index = entries.size(),
                       .value = element});
  }
  std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.bucket, entry.index); });
  std::vector<json::Value> unique;
  unique.reserve(entries.size());
  for (const Entry& entry : entries) unique.push_back(entry.value);
  return json::make_array(activation.arena(), unique);
}

}  // namespace

const Intrinsic array_unique_intrinsic = {
    .name = "States.ArrayUnique", .min_arguments = 1, .max_arguments = 1, .weight = 10, .call = call};

}  // namespace stepwell::asl
