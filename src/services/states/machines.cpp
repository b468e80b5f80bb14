#include "services/states/machines.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/errors.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::states {
namespace {

using store::Table;

// Compiled revisions kept; beyond, all are forgotten and compiled again when they are needed.
constexpr std::size_t max_compiled = 10'000;
constexpr std::uint8_t version = 1;

std::string encode(const MachineRecord& record) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version)
      .text(record.name)
      .text(record.type)
      .text(record.definition)
      .text(record.role_arn)
      .text(record.revision_id);
  out.u8(record.revised ? 1 : 0).signed_varint(record.created.time_since_epoch().count());
  out.text(record.logging).text(record.tracing).text(record.encryption).text(record.tags);
  return value;
}

std::optional<MachineRecord> decode(std::string_view arn, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  MachineRecord record;
  record.arn = arn;
  record.name = in.text();
  record.type = in.text();
  record.definition = in.text();
  record.role_arn = in.text();
  record.revision_id = in.text();
  record.revised = in.u8() != 0;
  record.created = Timestamp{Duration{in.signed_varint()}};
  record.logging = in.text();
  record.tracing = in.text();
  record.encryption = in.text();
  record.tags = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

std::string machine_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }
std::string revision_key(std::string_view arn, std::string_view id) {
  return store::KeyWriter().text(arn).text(id).take();
}

std::string encode_revision(const MachineRecord& record) {
  std::string value;
  store::ValueWriter(value).u8(version).text(record.type).text(record.role_arn).text(record.definition);
  return value;
}

Result<std::shared_ptr<const engine::Revision>> compile(std::string_view arn, std::string_view id,
                                                        std::string_view type, std::string_view role_arn,
                                                        std::string_view definition) {
  auto revision = std::make_shared<engine::Revision>();
  revision->machine_arn = arn;
  revision->machine_name = arn.substr(arn.rfind(':') + 1);
  revision->revision_id = id;
  revision->role_arn = role_arn;
  revision->type = type == "EXPRESS" ? asl::MachineType::express : asl::MachineType::standard;
  TRY_ASSIGN(revision->machine, asl::Machine::compile(definition));
  return revision;
}

Error unreadable(std::string_view arn) {
  return internal_error(fmt::format("The record of state machine {} cannot be read.", arn));
}

}  // namespace

Result<std::optional<MachineRecord>> Machines::find(std::string_view arn) const {
  TRY_ASSIGN(const auto value, store_->get(Table::state_machine, machine_key(arn)));
  if (!value) return std::nullopt;
  auto record = decode(arn, *value);
  if (!record) return fail(unreadable(arn));
  return record;
}

Result<std::vector<MachineRecord>> Machines::list(std::string_view arn_prefix, std::string_view after,
                                                  std::size_t limit) const {
  // Keys are ended texts: without the two bytes of its end, a key is a prefix of the longer ones.
  std::string from = machine_key(after.empty() ? arn_prefix : after);
  std::string to = machine_key(arn_prefix);
  to.resize(to.size() - 2);
  if (after.empty()) from = to;
  const auto cursor = store_->scan(Table::state_machine, from, store::prefix_end(to), store::Direction::forward);
  std::vector<MachineRecord> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    const std::string arn = store::KeyReader(cursor->key()).text();
    if (arn == after) continue;
    auto record = decode(arn, cursor->value());
    if (!record) return fail(unreadable(arn));
    records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Machines::save(MachineRecord record) {
  CO_TRY_ASSIGN(auto revision,
                compile(record.arn, record.revision_id, record.type, record.role_arn, record.definition));
  store::Batch batch;
  batch.put(Table::state_machine, machine_key(record.arn), encode(record));
  batch.put(Table::revision, revision_key(record.arn, record.revision_id), encode_revision(record));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  current_[record.arn] = remember(record.arn + "\n" + record.revision_id, std::move(revision));
  log_targets_.erase(record.arn);
  co_return Result<void>{};
}

// Its revisions stay for the executions that still run them.
Task<Result<void>> Machines::remove(std::string arn) {
  store::Batch batch;
  batch.erase(Table::state_machine, machine_key(arn));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  current_.erase(arn);
  log_targets_.erase(arn);
  co_return Result<void>{};
}

std::shared_ptr<const engine::Revision> Machines::remember(std::string key,
                                                           std::shared_ptr<const engine::Revision> revision) {
  if (compiled_.size() >= max_compiled) compiled_.clear();
  return compiled_.insert_or_assign(std::move(key), std::move(revision)).first->second;
}

std::shared_ptr<const engine::Revision> Machines::revision(std::string_view arn, std::string_view revision_id) {
  std::string key = fmt::format("{}\n{}", arn, revision_id);
  if (const auto found = compiled_.find(key); found != compiled_.end()) return found->second;
  const auto value = store_->get(Table::revision, revision_key(arn, revision_id));
  if (!value || !*value) return nullptr;
  store::ValueReader in(**value);
  if (in.u8() != version) return nullptr;
  const std::string_view type = in.text();
  const std::string_view role_arn = in.text();
  const std::string_view definition = in.text();
  if (!in.ok()) return nullptr;
  auto compiled = compile(arn, revision_id, type, role_arn, definition);
  return compiled ? remember(std::move(key), std::move(*compiled)) : nullptr;
}

Result<std::shared_ptr<const engine::Revision>> Machines::current(std::string_view arn) {
  if (const auto found = current_.find(std::string(arn)); found != current_.end()) return found->second;
  TRY_ASSIGN(const auto record, find(arn));
  if (!record) return fail(errors::state_machine_does_not_exist(arn));
  auto compiled = revision(arn, record->revision_id);
  if (compiled == nullptr) return fail(unreadable(arn));
  if (current_.size() >= max_compiled) current_.clear();
  current_.emplace(arn, compiled);
  return compiled;
}

const LogTarget& Machines::log_target(const std::string& arn) {
  if (const auto found = log_targets_.find(arn); found != log_targets_.end()) return found->second;
  const auto record = find(arn);
  if (log_targets_.size() >= max_compiled) log_targets_.clear();
  return log_targets_.emplace(arn, record && *record ? read_log_target((*record)->logging) : LogTarget{}).first->second;
}

}  // namespace stepwell::states
