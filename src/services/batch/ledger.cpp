#include "services/batch/ledger.h"

#include "services/batch/records.h"

#include <fmt/format.h>

namespace stepwell::batch {

Result<std::optional<Job>> Ledger::find(const JobId& id) const {
  TRY_ASSIGN(const auto value, store_.get(store::Table::job, job_key(id)));
  if (!value) return std::nullopt;
  auto job = decode_job(id, *value);
  if (!job) return fail(internal_error(fmt::format("The record of job {} cannot be read.", id.text())));
  return job;
}

Result<std::optional<std::string>> Ledger::document(std::string_view uuid) const {
  return store_.get(store::Table::job, document_key(uuid));
}

Result<std::optional<std::string>> Ledger::row(std::string_view key) const {
  return store_.get(store::Table::job_index, key);
}

Result<std::vector<std::string>> Ledger::rows(std::string_view prefix, std::string_view after,
                                              std::size_t limit) const {
  const std::string from = after.empty() ? std::string(prefix) : std::string(after) + '\0';
  const auto cursor = store_.scan(store::Table::job_index, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<std::string> keys;
  for (; cursor->valid() && keys.size() < limit; cursor->next()) keys.emplace_back(cursor->key());
  TRY(cursor->status());
  return keys;
}

Result<bool> Ledger::has_rows(std::string_view prefix) const {
  TRY_ASSIGN(const auto keys, rows(prefix, {}, 1));
  return !keys.empty();
}

}  // namespace stepwell::batch
