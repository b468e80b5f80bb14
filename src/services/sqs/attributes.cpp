#include "services/sqs/attributes.h"

#include "lang/policy/parse.h"
#include "services/sqs/errors.h"
#include "services/sqs/redrive_policies.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace stepwell::sqs {
namespace {

enum class Kind : std::uint8_t { number, text, fifo };

struct Attribute {
  std::string_view name;
  Kind kind;
  std::uint32_t least = 0;
  std::uint32_t most = 0;
  std::uint32_t usual = 0;
};

constexpr auto table = std::to_array<Attribute>({
#define NUMBER(name, member, least, most, usual) {#name, Kind::number, least, most, usual},
#include "services/sqs/number_attributes.def"
#undef NUMBER
#define TEXT(name) {#name, Kind::text},
#include "services/sqs/text_attributes.def"
#undef TEXT
#define FIFO(name) {#name, Kind::fifo},
#include "services/sqs/fifo_attributes.def"
#undef FIFO
});

constexpr auto read_only = std::to_array<std::string_view>(
    {"All", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed",
     "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn"});

const Attribute* find_entry(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Attribute::name);
  return found == table.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string_view text_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
}

bool is_boolean(std::string_view text) { return text == "true" || text == "false"; }

Result<void> check_text(std::string_view name, std::string_view value) {
  const auto refused_unless = [name](bool fits) -> Result<void> {
    if (fits) return {};
    return fail(errors::invalid_attribute_value(name));
  };
  if (name == "RedrivePolicy") {
    TRY(read_redrive_policy(value));
  } else if (name == "RedriveAllowPolicy") {
    TRY(read_redrive_allow_policy(value));
  } else if (name == "Policy") {
    return refused_unless(policy::parse(value, policy::DocumentKind::resource).has_value());
  } else if (name == "SqsManagedSseEnabled" || name == "ContentBasedDeduplication") {
    return refused_unless(is_boolean(value));
  } else if (name == "DeduplicationScope") {
    return refused_unless(value == "messageGroup" || value == "queue");
  } else if (name == "FifoThroughputLimit") {
    return refused_unless(value == "perMessageGroupId" || value == "perQueue");
  }
  return {};
}

Result<void> check_attribute(const Attribute* entry, std::string_view name, std::string_view value, QueueType type) {
  if (entry == nullptr) return fail(errors::unknown_attribute(name));
  if (entry->kind == Kind::fifo && type == QueueType::standard) {
    const bool of_throughput = name == "DeduplicationScope" || name == "FifoThroughputLimit";
    return fail(of_throughput ? errors::attribute_of_fifo(name) : errors::unknown_attribute(name));
  }
  if (name == "FifoQueue" && value != "true") {
    return fail(errors::invalid_attribute_value(name, "Modifying queue type is not supported."));
  }
  if (entry->kind == Kind::number) {
    const auto number = number_of(value);
    const bool fits = number && *number >= entry->least && *number <= entry->most;
    return fits ? Result<void>() : fail(errors::invalid_attribute_value(name));
  }
  return value.empty() ? Result<void>() : check_text(name, value);
}

// What single attributes cannot tell.
Result<void> check_together(const Attributes& attributes) {
  const bool by_group = text_of(attributes, "DeduplicationScope") == "messageGroup";
  if (text_of(attributes, "FifoThroughputLimit") == "perMessageGroupId" && !by_group) {
    return fail(errors::invalid_attribute_value(
        "FifoThroughputLimit",
        "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup."));
  }
  if (attributes.contains("KmsMasterKeyId") && text_of(attributes, "SqsManagedSseEnabled") == "true") {
    return fail(errors::make("InvalidAttributeName",
                             "You can use one type of server-side encryption (SSE) at one time. You can either enable "
                             "KMS SSE or SQS SSE."));
  }
  return {};
}

}  // namespace

bool RedriveAllowance::allows(std::string_view source) const {
  if (kind == Kind::listed) return std::ranges::find(sources, source) != sources.end();
  return kind == Kind::all;
}

Settings settings_of(const Attributes& attributes) {
  Settings settings;
#define NUMBER(name, member, least, most, usual) \
  settings.member = number_of(text_of(attributes, #name)).value_or(usual);
#include "services/sqs/number_attributes.def"
#undef NUMBER
  settings.fifo = text_of(attributes, "FifoQueue") == "true";
  settings.content_based_deduplication = text_of(attributes, "ContentBasedDeduplication") == "true";
  settings.deduplicates_by_group = text_of(attributes, "DeduplicationScope") == "messageGroup";
  if (const auto redrive = read_redrive_policy(text_of(attributes, "RedrivePolicy"))) settings.dead_letters = *redrive;
  if (const auto allowed = read_redrive_allow_policy(text_of(attributes, "RedriveAllowPolicy"))) {
    settings.allowance = *allowed;
  }
  return settings;
}

Result<Attributes> with_attributes(Attributes attributes, const json::Value& given, QueueType type) {
  for (const json::Member& member : given.members()) {
    if (!member.value.is_string()) continue;
    const std::string_view value = member.value.as_string();
    TRY(check_attribute(find_entry(member.key), member.key, value, type));
    if (value.empty()) {
      if (const auto found = attributes.find(member.key); found != attributes.end()) attributes.erase(found);
    } else {
      attributes.insert_or_assign(std::string(member.key), std::string(value));
    }
  }
  const bool has_key = given.find("KmsMasterKeyId") != nullptr;
  if (has_key && given.find("SqsManagedSseEnabled") == nullptr) attributes.erase("SqsManagedSseEnabled");
  TRY(check_together(attributes));
  return attributes;
}

bool is_attribute(std::string_view name) {
  return find_entry(name) != nullptr || std::ranges::find(read_only, name) != read_only.end();
}

Attributes shown_attributes(const QueueRecord& queue) {
  const auto seconds = [](Timestamp time) {
    return fmt::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
  };
  Attributes shown = queue.attributes;
  const bool has_key = shown.contains("KmsMasterKeyId");
  for (const Attribute& entry : table) {
    const bool is_of_keys = entry.name == "KmsDataKeyReusePeriodSeconds";
    if (is_of_keys && !has_key) {
      shown.erase("KmsDataKeyReusePeriodSeconds");
    } else if (entry.kind == Kind::number) {
      shown.emplace(entry.name, fmt::to_string(entry.usual));
    }
  }
  if (shown.contains("FifoQueue")) {
    shown.emplace("ContentBasedDeduplication", "false");
    shown.emplace("DeduplicationScope", "queue");
    shown.emplace("FifoThroughputLimit", "perQueue");
  }
  shown.emplace("SqsManagedSseEnabled", has_key ? "false" : "true");
  shown.emplace("CreatedTimestamp", seconds(queue.created));
  shown.emplace("LastModifiedTimestamp", seconds(queue.modified));
  shown.emplace("QueueArn", queue.arn);
  return shown;
}

}  // namespace stepwell::sqs
