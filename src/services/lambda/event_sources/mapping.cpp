#include "services/lambda/event_sources/mapping.h"

#include "store/codec.h"

namespace stepwell::lambda {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint64_t enabled_flag = 1;
constexpr std::uint64_t reports_flag = 2;

}  // namespace

std::string mapping_key(std::string_view id) { return store::KeyWriter().text(id).take(); }

std::string encode(const Mapping& mapping) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version)
      .text(mapping.arn)
      .text(mapping.function_arn)
      .text(mapping.source_arn)
      .varint((mapping.enabled ? enabled_flag : 0) | (mapping.reports_failures ? reports_flag : 0))
      .varint(mapping.batch_size)
      .varint(mapping.window_seconds)
      .varint(mapping.max_concurrency)
      .text(mapping.tags)
      .signed_varint(mapping.modified.time_since_epoch().count())
      .varint(mapping.filters.size());
  for (const std::string& filter : mapping.filters) out.text(filter);
  return value;
}

std::optional<Mapping> decode_mapping(std::string_view key, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Mapping mapping;
  mapping.id = store::KeyReader(key).text();
  mapping.arn = in.text();
  mapping.function_arn = in.text();
  mapping.source_arn = in.text();
  const std::uint64_t flags = in.varint();
  mapping.enabled = (flags & enabled_flag) != 0;
  mapping.reports_failures = (flags & reports_flag) != 0;
  mapping.batch_size = static_cast<std::uint32_t>(in.varint());
  mapping.window_seconds = static_cast<std::uint32_t>(in.varint());
  mapping.max_concurrency = static_cast<std::uint32_t>(in.varint());
  mapping.tags = in.text();
  mapping.modified = Timestamp{Duration{in.signed_varint()}};
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) mapping.filters.emplace_back(in.text());
  return in.ok() && in.at_end() ? std::optional(std::move(mapping)) : std::nullopt;
}

}  // namespace stepwell::lambda
