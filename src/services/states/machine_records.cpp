#include "services/states/machine_records.h"

#include "store/codec.h"

namespace stepwell::states {
namespace {

using store::KeyReader;
using store::KeyWriter;
using store::ValueReader;
using store::ValueWriter;

constexpr std::uint8_t first_format = 1;   // of every record here
constexpr std::uint8_t second_format = 2;  // of machines and revisions: publishing

void write(ValueWriter& out, Timestamp time) { out.signed_varint(time.time_since_epoch().count()); }
Timestamp read_time(ValueReader& in) { return Timestamp{Duration{in.signed_varint()}}; }

}  // namespace

std::string machine_key(std::string_view arn) { return KeyWriter().text(arn).take(); }
std::string revision_key(std::string_view arn, std::string_view revision_id) {
  return KeyWriter().text(arn).text(revision_id).take();
}
std::string read_revision_key(std::string_view bytes) { return KeyReader(bytes).text(); }
std::string version_key(std::string_view arn, VersionNumber number) { return KeyWriter().text(arn).u32(number).take(); }
std::string alias_key(std::string_view arn, std::string_view name) { return KeyWriter().text(arn).text(name).take(); }

std::string encode(const MachineRecord& record) {
  std::string value;
  ValueWriter out(value);
  out.u8(second_format).text(record.name).text(record.type).text(record.definition).text(record.role_arn);
  out.text(record.revision_id).u8(record.revised ? 1 : 0);
  write(out, record.created);
  out.text(record.logging).text(record.tracing).text(record.encryption).text(record.tags);
  write(out, record.updated);
  out.varint(record.last_version).varint(record.published);
  out.u8(record.created_published ? 1 : 0).text(record.created_description);
  return value;
}

std::optional<MachineRecord> decode_machine(std::string_view arn, std::string_view value) {
  ValueReader in(value);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != second_format) return std::nullopt;
  MachineRecord record;
  record.arn = arn;
  record.name = in.text();
  record.type = in.text();
  record.definition = in.text();
  record.role_arn = in.text();
  record.revision_id = in.text();
  record.revised = in.u8() != 0;
  record.created = read_time(in);
  record.logging = in.text();
  record.tracing = in.text();
  record.encryption = in.text();
  record.tags = in.text();
  record.updated = record.created;
  if (format == second_format) {
    record.updated = read_time(in);
    record.last_version = static_cast<VersionNumber>(in.varint());
    record.published = static_cast<VersionNumber>(in.varint());
    record.created_published = in.u8() != 0;
    record.created_description = in.text();
  }
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

std::string encode_revision(const MachineRecord& record) {
  std::string value;
  ValueWriter out(value);
  out.u8(second_format).text(record.type).text(record.role_arn).text(record.definition);
  out.text(record.logging).text(record.tracing).text(record.encryption).u8(record.revised ? 1 : 0);
  write(out, record.updated);
  return value;
}

std::optional<RevisionRecord> decode_revision(std::string_view value) {
  ValueReader in(value);
  const std::uint8_t format = in.u8();
  if (format != first_format && format != second_format) return std::nullopt;
  RevisionRecord record;
  record.type = in.text();
  record.role_arn = in.text();
  record.definition = in.text();
  if (format == first_format) {
    record.logging = no_logging;
    record.tracing = no_tracing;
    record.encryption = owned_key;
  } else {
    record.logging = in.text();
    record.tracing = in.text();
    record.encryption = in.text();
    record.revised = in.u8() != 0;
    record.created = read_time(in);
  }
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

std::string encode(const VersionRecord& record) {
  std::string value;
  ValueWriter out(value);
  out.u8(first_format).text(record.revision_id).text(record.description);
  write(out, record.created);
  return value;
}

std::optional<VersionRecord> decode_version(std::string_view key_bytes, std::string_view value) {
  VersionRecord record;
  KeyReader key(key_bytes);
  key.text();
  record.number = key.u32();
  ValueReader in(value);
  if (in.u8() != first_format) return std::nullopt;
  record.revision_id = in.text();
  record.description = in.text();
  record.created = read_time(in);
  return key.ok() && key.at_end() && in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

std::string encode(const AliasRecord& record) {
  std::string value;
  ValueWriter out(value);
  out.u8(first_format).u8(record.description ? 1 : 0).text(record.description.value_or(""));
  out.varint(record.routes.size());
  for (const Route& route : record.routes) out.varint(route.version).signed_varint(route.weight);
  write(out, record.created);
  write(out, record.updated);
  return value;
}

std::optional<AliasRecord> decode_alias(std::string_view key_bytes, std::string_view value) {
  AliasRecord record;
  KeyReader key(key_bytes);
  key.text();
  record.name = key.text();
  ValueReader in(value);
  if (in.u8() != first_format) return std::nullopt;
  const bool described = in.u8() != 0;
  const std::string_view description = in.text();
  if (described) record.description = description;
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); --count) {
    const auto version = static_cast<VersionNumber>(in.varint());
    record.routes.push_back({.version = version, .weight = in.signed_varint()});
  }
  record.created = read_time(in);
  record.updated = read_time(in);
  return key.ok() && key.at_end() && in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

}  // namespace stepwell::states
