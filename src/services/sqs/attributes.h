#pragma once
// The attributes of queues: what may be set, in AWS's words, and what it means.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/sqs/records.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sqs {

struct DeadLetters {
  std::string target;  // ARN
  std::uint32_t max_receives = 0;
};

// Which queues may name this one as the target of their dead letters.
struct RedriveAllowance {
  enum class Kind : std::uint8_t { all, none, listed } kind = Kind::all;
  std::vector<std::string> sources;  // ARNs
  bool allows(std::string_view source) const;
};

struct Settings {
#define NUMBER(name, member, least, most, usual) std::uint32_t member = usual;
#include "services/sqs/number_attributes.def"
#undef NUMBER
  bool fifo = false;
  bool content_based_deduplication = false;
  bool deduplicates_by_group = false;
  std::optional<DeadLetters> dead_letters;
  RedriveAllowance allowance;
};

// Of attributes that have been checked.
Settings settings_of(const Attributes& attributes);

// What `given` (an object of texts) makes of `attributes`, those of a queue of that type; an empty text takes away what
// can be without a value. Errors: InvalidAttributeName, InvalidAttributeValue, InvalidParameterValueException.
enum class QueueType : bool { standard, fifo };
Result<Attributes> with_attributes(Attributes attributes, const json::Value& given, QueueType type);

// Whether that is the name of an attribute that can be asked for.
bool is_attribute(std::string_view name);

// The attributes that are set or have a usual value, as they are shown. Those that count messages are not among them.
Attributes shown_attributes(const QueueRecord& queue);

}  // namespace stepwell::sqs
