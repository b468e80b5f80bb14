#include "engine/engine.h"

#include "store/codec.h"

#include <future>

namespace stepwell::engine {
namespace {

// FNV-1a, 64 bit: which shard a name belongs to is part of the on-disk format.
std::uint64_t hash(std::uint64_t seed, std::string_view text) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return seed;
}

constexpr std::string_view shards_key = "shards";

}  // namespace

Engine::Engine(ShardId shards, const ShardPorts& ports) : limits_(ports.limits) {
  for (ShardId number = 0; number < shards; ++number) shards_.push_back(std::make_unique<Shard>(number, ports));
}

Result<void> Engine::recover() {
  for (const auto& shard : shards_) TRY(shard->recover());
  return {};
}

Shard& Engine::shard_for(const StartRequest& request) {
  const std::uint64_t machine = hash(0xcbf29ce484222325U, request.revision->machine_arn);
  return *shards_[hash(machine, request.name) % shards_.size()];
}

Result<ShardId> open_shards(store::Store& store, ShardId wanted) {
  TRY_ASSIGN(const auto stored, store.get(store::Table::meta, shards_key));
  if (stored) {
    store::ValueReader in(*stored);
    const auto shards = static_cast<ShardId>(in.varint());
    if (!in.ok() || shards == 0) return fail(internal_error("The data directory does not tell its number of shards."));
    return shards;
  }
  std::string value;
  store::ValueWriter(value).varint(wanted);
  store::Batch batch;
  batch.put(store::Table::meta, shards_key, value);
  std::promise<Result<void>> written;
  store.commit(std::move(batch), [&written](Result<void> result) { written.set_value(std::move(result)); });
  TRY(written.get_future().get());
  return wanted;
}

}  // namespace stepwell::engine
