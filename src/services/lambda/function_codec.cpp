#include "services/lambda/function_codec.h"

#include "store/codec.h"

namespace stepwell::lambda {
namespace {

constexpr std::uint8_t version = 2;
constexpr std::uint8_t without_policy = 1;

}  // namespace

std::string encode(const FunctionRecord& record) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).text(record.name).text(record.runtime).text(record.role).text(record.handler);
  out.text(record.description).varint(record.timeout_seconds).varint(record.memory_mb);
  out.text(record.code_digest).varint(record.code_bytes).text(record.revision_id);
  out.signed_varint(record.modified.time_since_epoch().count()).text(record.shown).text(record.tags);
  // The number of variables and one more; 0: none were ever given.
  out.varint(record.environment ? record.environment->size() + 1 : 0);
  if (record.environment) {
    for (const auto& [name, text] : *record.environment) out.text(name).text(text);
  }
  out.text(record.policy);
  return value;
}

std::optional<FunctionRecord> decode_function(std::string_view arn, std::string_view value) {
  store::ValueReader in(value);
  const std::uint8_t written = in.u8();
  if (written != version && written != without_policy) return std::nullopt;
  FunctionRecord record;
  record.arn = arn;
  record.name = in.text();
  record.runtime = in.text();
  record.role = in.text();
  record.handler = in.text();
  record.description = in.text();
  record.timeout_seconds = static_cast<std::uint32_t>(in.varint());
  record.memory_mb = static_cast<std::uint32_t>(in.varint());
  record.code_digest = in.text();
  record.code_bytes = in.varint();
  record.revision_id = in.text();
  record.modified = Timestamp{Duration{in.signed_varint()}};
  record.shown = in.text();
  record.tags = in.text();
  if (const std::uint64_t variables = in.varint(); variables > 0) {
    record.environment.emplace();
    for (std::uint64_t i = 1; i < variables && in.ok(); ++i) {
      std::string name(in.text());
      record.environment->emplace_back(std::move(name), std::string(in.text()));
    }
  }
  if (written != without_policy) record.policy = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

}  // namespace stepwell::lambda
