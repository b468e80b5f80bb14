#include "services/states/machines.h"

#include "services/states/errors.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::states {
namespace {

using store::Table;

// Kept in memory; beyond, all are forgotten and read again when they are needed.
constexpr std::size_t max_log_targets = 10'000;

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
  auto record = decode_machine(arn, *value);
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
    auto record = decode_machine(arn, cursor->value());
    if (!record) return fail(unreadable(arn));
    records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Result<std::optional<RevisionRecord>> Machines::find_revision(std::string_view arn,
                                                              std::string_view revision_id) const {
  TRY_ASSIGN(const auto value, store_->get(Table::revision, revision_key(arn, revision_id)));
  if (!value) return std::nullopt;
  auto record = decode_revision(*value);
  if (!record) return fail(unreadable(arn));
  return record;
}

Result<std::optional<VersionRecord>> Machines::find_version(std::string_view arn, VersionNumber number) const {
  const std::string key = version_key(arn, number);
  TRY_ASSIGN(const auto value, store_->get(Table::machine_version, key));
  if (!value) return std::nullopt;
  auto record = decode_version(key, *value);
  if (!record) return fail(unreadable(arn));
  return record;
}

Result<std::vector<VersionRecord>> Machines::list_versions(std::string_view arn, VersionNumber before,
                                                           std::size_t limit) const {
  const std::string from = versions_prefix(arn);
  const std::string to = before == 0 ? store::prefix_end(from) : version_key(arn, before);
  const auto cursor = store_->scan(Table::machine_version, from, to, store::Direction::backward);
  std::vector<VersionRecord> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    auto record = decode_version(cursor->key(), cursor->value());
    if (!record) return fail(unreadable(arn));
    records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Machines::save(MachineRecord record, std::optional<VersionRecord> published) {
  CO_TRY_ASSIGN(auto revision,
                compile(record.arn, record.revision_id, record.type, record.role_arn, record.definition));
  store::Batch batch;
  batch.put(Table::state_machine, machine_key(record.arn), encode(record));
  batch.put(Table::revision, revision_key(record.arn, record.revision_id), encode_revision(record));
  if (published) batch.put(Table::machine_version, version_key(record.arn, published->number), encode(*published));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  compiled_.set_current(compiled_.add(std::move(revision), record.definition.size()));
  log_targets_.erase(record.arn);
  co_return Result<void>{};
}

Task<Result<void>> Machines::save_head(MachineRecord record, std::optional<VersionRecord> published) {
  store::Batch batch;
  batch.put(Table::state_machine, machine_key(record.arn), encode(record));
  if (published) batch.put(Table::machine_version, version_key(record.arn, published->number), encode(*published));
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Machines::save_revision(MachineRecord record) {
  store::Batch batch;
  batch.put(Table::revision, revision_key(record.arn, record.revision_id), encode_revision(record));
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Machines::remove_version(MachineRecord record, VersionNumber number) {
  store::Batch batch;
  batch.erase(Table::machine_version, version_key(record.arn, number));
  if (record.published == number) {
    record.published = 0;
    batch.put(Table::state_machine, machine_key(record.arn), encode(record));
  }
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Machines::remove(std::string arn) {
  store::Batch batch;
  batch.erase(Table::state_machine, machine_key(arn));
  const std::string versions = versions_prefix(arn);
  batch.erase_range(Table::machine_version, versions, store::prefix_end(versions));
  const std::string aliases = aliases_prefix(arn);
  batch.erase_range(Table::machine_alias, aliases, store::prefix_end(aliases));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  compiled_.forget(arn);
  log_targets_.erase(arn);
  co_return Result<void>{};
}

Task<Result<void>> Machines::remove_revisions(std::string arn) {
  store::Batch batch;
  const std::string revisions = revisions_prefix(arn);
  batch.erase_range(Table::revision, revisions, store::prefix_end(revisions));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  compiled_.forget(arn);
  co_return Result<void>{};
}

std::shared_ptr<const engine::Revision> Machines::revision(std::string_view arn, std::string_view revision_id) {
  if (auto known = compiled_.find(arn, revision_id)) return known;
  const auto record = find_revision(arn, revision_id);
  if (!record || !*record) return nullptr;
  auto compiled = compile(arn, revision_id, (*record)->type, (*record)->role_arn, (*record)->definition);
  return compiled ? compiled_.add(std::move(*compiled), (*record)->definition.size()) : nullptr;
}

Result<std::shared_ptr<const engine::Revision>> Machines::current(std::string_view arn) {
  if (auto known = compiled_.current(std::string(arn))) return known;
  TRY_ASSIGN(const auto record, find(arn));
  if (!record) return fail(errors::state_machine_does_not_exist(arn));
  auto compiled = revision(arn, record->revision_id);
  if (compiled == nullptr) return fail(unreadable(arn));
  compiled_.set_current(compiled);
  return compiled;
}

const LogTarget& Machines::log_target(const std::string& arn) {
  if (const auto found = log_targets_.find(arn); found != log_targets_.end()) return found->second;
  const auto record = find(arn);
  if (log_targets_.size() >= max_log_targets) log_targets_.clear();
  return log_targets_.emplace(arn, record && *record ? read_log_target((*record)->logging) : LogTarget{}).first->second;
}

VersionRecord publish(MachineRecord& record, std::string_view description, Timestamp now) {
  record.published = ++record.last_version;
  return {.number = record.published,
          .revision_id = record.revision_id,
          .description = std::string(description),
          .created = now};
}

}  // namespace stepwell::states
