#include "services/states/tokens.h"

#include "services/states/errors.h"
#include "store/codec.h"

#include <future>

namespace stepwell::states {
namespace {

constexpr std::string_view key_name = "token key";
constexpr std::size_t key_bytes = 32;
constexpr Duration page_token_life = std::chrono::hours(24);

}  // namespace

Result<Tokens> Tokens::open(store::Store& store) {
  TRY_ASSIGN(const auto stored, store.get(store::Table::meta, key_name));
  if (stored && stored->size() == key_bytes) return Tokens(crypto::Sealer(*stored));
  const std::string key = crypto::random_bytes(key_bytes);
  store::Batch batch;
  batch.put(store::Table::meta, key_name, key);
  std::promise<Result<void>> written;
  store.commit(std::move(batch), [&written](Result<void> result) { written.set_value(std::move(result)); });
  TRY(written.get_future().get());
  return Tokens(crypto::Sealer(key));
}

std::string Tokens::task_token(const engine::TaskRef& task) const {
  store::KeyWriter data;
  data.u16(task.execution.shard).u64(task.execution.serial).u32(task.scope).u32(task.scheduled);
  return sealer_.seal("task", data.view());
}

Result<engine::TaskRef> Tokens::read_task_token(std::string_view token) const {
  const auto data = sealer_.open("task", token);
  if (!data) return fail(errors::invalid_token("Invalid token"));
  store::KeyReader reader(*data);
  engine::TaskRef task;
  task.execution.shard = reader.u16();
  task.execution.serial = reader.u64();
  task.scope = reader.u32();
  task.scheduled = reader.u32();
  if (!reader.ok()) return fail(errors::invalid_token("Invalid token"));
  return task;
}

std::string Tokens::page_token(std::string_view listing, std::string_view position, Timestamp now) const {
  std::string data;
  store::ValueWriter(data).signed_varint((now + page_token_life).time_since_epoch().count()).text(position);
  return sealer_.seal(listing, data);
}

Result<std::string> Tokens::read_page_token(std::string_view listing, std::string_view token, Timestamp now) const {
  const auto data = sealer_.open(listing, token);
  if (!data) return fail(errors::invalid_token("Invalid token"));
  store::ValueReader reader(*data);
  const Timestamp until{Duration{reader.signed_varint()}};
  std::string position(reader.text());
  if (!reader.ok() || until < now) return fail(errors::invalid_token("Token expired"));
  return position;
}

}  // namespace stepwell::states
