#include "services/lambda/functions.h"

#include "services/lambda/function_codec.h"
#include "store/codec.h"
#include "store/commit.h"

#include <tuple>

namespace stepwell::lambda {
namespace {

using store::Table;

// Records kept in memory; beyond, all are forgotten and read again when they are needed.
constexpr std::size_t max_known = 10'000;

std::string function_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }
std::string code_key(std::string_view arn, std::string_view digest) {
  return store::KeyWriter().text(arn).text(digest).take();
}

Error unreadable(std::string_view arn) {
  return internal_error(fmt::format("The record of function {} cannot be read.", arn));
}

}  // namespace

bool share_processes(const FunctionRecord& one, const FunctionRecord& other) {
  if (one.arn != other.arn) return false;
  if (one.revision_id == other.revision_id) return true;
  const auto made_from = [](const FunctionRecord& function) {
    return std::tie(function.code_digest, function.runtime, function.role, function.handler, function.timeout_seconds,
                    function.memory_mb, function.environment, function.shown);
  };
  return made_from(one) == made_from(other);
}

Result<FunctionPtr> Functions::find(const std::string& arn) {
  if (const auto found = known_.find(arn); found != known_.end()) return found->second;
  TRY_ASSIGN(const auto value, store_->get(Table::function, function_key(arn)));
  if (!value) return nullptr;
  auto record = decode_function(arn, *value);
  if (!record) return fail(unreadable(arn));
  if (known_.size() >= max_known) known_.clear();
  return known_.emplace(arn, std::make_shared<const FunctionRecord>(std::move(*record))).first->second;
}

Result<std::vector<FunctionPtr>> Functions::list(std::string_view arn_prefix, std::string_view after,
                                                 std::size_t limit) const {
  // Keys are ended texts: without the two bytes of its end, a key is a prefix of the longer ones.
  std::string prefix = function_key(arn_prefix);
  prefix.resize(prefix.size() - 2);
  const std::string from = after.empty() ? prefix : function_key(after);
  const auto cursor = store_->scan(Table::function, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<FunctionPtr> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    const std::string arn = store::KeyReader(cursor->key()).text();
    if (arn == after) continue;
    auto record = decode_function(arn, cursor->value());
    if (!record) return fail(unreadable(arn));
    records.push_back(std::make_shared<const FunctionRecord>(std::move(*record)));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Functions::commit(store::Batch batch, FunctionPtr record) {
  batch.put(Table::function, function_key(record->arn), encode(*record));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  known_.insert_or_assign(record->arn, record);
  co_return Result<void>{};
}

Task<Result<void>> Functions::save(FunctionRecord record) {
  co_return co_await commit({}, std::make_shared<const FunctionRecord>(std::move(record)));
}

Task<Result<void>> Functions::save_with_code(FunctionRecord record, std::string package) {
  CO_TRY_ASSIGN(const FunctionPtr before, find(record.arn));
  store::Batch batch;
  if (before) batch.erase(Table::function_code, code_key(before->arn, before->code_digest));
  batch.put(Table::function_code, code_key(record.arn, record.code_digest), package);
  co_return co_await commit(std::move(batch), std::make_shared<const FunctionRecord>(std::move(record)));
}

Task<Result<void>> Functions::remove(std::string arn) {
  store::Batch batch;
  batch.erase(Table::function, function_key(arn));
  const std::string code = function_key(arn);
  batch.erase_range(Table::function_code, code, store::prefix_end(code));
  batch.erase(Table::function_event_config, function_key(arn));
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  known_.erase(arn);
  co_return Result<void>{};
}

Result<std::string> read_package(store::Store& store, const FunctionRecord& function) {
  TRY_ASSIGN(auto package, store.get(Table::function_code, code_key(function.arn, function.code_digest)));
  if (!package) return fail(internal_error(fmt::format("The deployment package of {} is missing.", function.arn)));
  return std::move(*package);
}

}  // namespace stepwell::lambda
