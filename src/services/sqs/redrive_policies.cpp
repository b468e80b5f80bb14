#include "services/sqs/redrive_policies.h"

#include "lang/json/parse.h"
#include "services/sqs/errors.h"
#include "wire/arn.h"

#include <charconv>

namespace stepwell::sqs {
namespace {

constexpr std::int64_t most_receives = 1'000;
constexpr std::size_t most_sources = 10;

bool is_queue(std::string_view arn) {
  const auto parsed = wire::Arn::parse(arn);
  return parsed && parsed->service == "sqs" && !parsed->resource.empty();
}

// A number, or a text that is one.
std::optional<std::int64_t> integer_of(const json::Value& value) {
  if (value.is_number()) return value.as_integer();
  if (!value.is_string()) return std::nullopt;
  const std::string_view text = value.as_string();
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string shown(const json::Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  return value.is_number() ? std::string(value.lexeme()) : std::string("null");
}

}  // namespace

Result<DeadLetters> read_redrive_policy(std::string_view text) {
  const auto refused = [text](std::string_view reason) {
    return fail(errors::invalid_value(text, "RedrivePolicy", reason));
  };
  json::Arena arena;
  const auto policy = json::parse(arena, text);
  if (!policy || !policy->is_object()) return refused("Redrive policy is not a valid JSON map.");
  const json::Value* target = policy->find("deadLetterTargetArn");
  const json::Value* count = policy->find("maxReceiveCount");
  if (target == nullptr) return refused("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (count == nullptr) return refused("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  if (policy->size() > 2) {
    return refused("Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].");
  }
  if (!target->is_string() || !is_queue(target->as_string())) {
    return refused("Invalid value for deadLetterTargetArn.");
  }
  const auto receives = integer_of(*count);
  if (!receives || *receives < 1 || *receives > most_receives) {
    return refused(fmt::format("Invalid value for maxReceiveCount: {}, valid values are from 1 to 1000 both inclusive.",
                               shown(*count)));
  }
  return DeadLetters{std::string(target->as_string()), static_cast<std::uint32_t>(*receives)};
}

Result<RedriveAllowance> read_redrive_allow_policy(std::string_view text) {
  using Kind = RedriveAllowance::Kind;
  const auto refused = [text](std::string_view reason) {
    return fail(errors::invalid_value(text, "RedriveAllowPolicy", reason));
  };
  json::Arena arena;
  const auto policy = json::parse(arena, text);
  if (!policy || !policy->is_object()) return refused("Redrive allow policy is not a valid JSON map.");
  const json::Value* permission = policy->find("redrivePermission");
  const json::Value* sources = policy->find("sourceQueueArns");
  const std::string_view kind = permission != nullptr && permission->is_string() ? permission->as_string() : "";
  RedriveAllowance allowance;
  if (kind == "denyAll") {
    allowance.kind = Kind::none;
  } else if (kind == "byQueue") {
    allowance.kind = Kind::listed;
  } else if (kind != "allowAll") {
    return refused("Invalid value for redrivePermission, valid values are allowAll, byQueue, denyAll.");
  }
  if ((sources != nullptr) != (allowance.kind == Kind::listed)) {
    return refused("sourceQueueArns has to be given with the permission byQueue, and with no other.");
  }
  if (sources == nullptr) return allowance;
  const bool fits = sources->is_array() && sources->size() >= 1 && sources->size() <= most_sources;
  if (!fits) return refused("sourceQueueArns has to be a list of 1 to 10 ARNs.");
  for (const json::Value& source : sources->elements()) {
    if (!source.is_string() || !is_queue(source.as_string())) return refused("Invalid value for sourceQueueArns.");
    allowance.sources.emplace_back(source.as_string());
  }
  return allowance;
}

}  // namespace stepwell::sqs
