#include "services/logs/archive.h"

#include "services/logs/errors.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::logs {
namespace {

using store::Table;

// Streams in memory; beyond, those that have rested for a while are forgotten.
constexpr std::size_t max_open = 10'000;
constexpr Duration rest{60'000};
constexpr std::size_t max_expired = 10'000;  // events taken away by one batch

// Keys are ended texts: without the two bytes of its end, a key is a prefix of the longer ones.
std::string open_ended(std::string key) {
  key.resize(key.size() - 2);
  return key;
}

template <typename Record, typename Decode>
Result<std::vector<Record>> read_page(store::Store& store, Table table, const std::string& prefix,
                                      const std::string& after, std::size_t limit, Decode decode) {
  const auto cursor =
      store.scan(table, after.empty() ? prefix : after, store::prefix_end(prefix), store::Direction::forward);
  std::vector<Record> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    if (cursor->key() == after) continue;
    auto record = decode(cursor->key(), cursor->value());
    if (!record) return fail(unreadable("log group"));
    records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

}  // namespace

Error unreadable(std::string_view what) {
  return internal_error(fmt::format("The record of {} cannot be read.", what));
}

Result<std::optional<Group>> Archive::find_group(std::string_view arn) const {
  TRY_ASSIGN(const auto value, store_->get(Table::log_group, group_key(arn)));
  if (!value) return std::nullopt;
  auto group = decode_group(arn, *value);
  if (!group) return fail(unreadable(arn));
  return group;
}

Result<std::vector<Group>> Archive::list_groups(std::string_view arn_prefix, std::string_view after,
                                                std::size_t limit) const {
  const std::string behind = after.empty() ? std::string{} : group_key(after);
  return read_page<Group>(
      *store_, Table::log_group, open_ended(group_key(arn_prefix)), behind, limit,
      [](std::string_view key, std::string_view value) { return decode_group(store::KeyReader(key).text(), value); });
}

Task<Result<void>> Archive::commit(store::Batch batch) {
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Archive::save_group(Group group) {
  store::Batch batch;
  batch.put(Table::log_group, group_key(group.arn), encode(group));
  co_return co_await commit(std::move(batch));
}

Task<Result<void>> Archive::remove_group(std::string arn) {
  store::Batch batch;
  batch.erase(Table::log_group, group_key(arn));
  const std::string prefix = group_key(arn);
  const auto cursor = store_->scan(Table::log_stream, prefix, store::prefix_end(prefix), store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    const auto stream = decode_stream(cursor->key(), cursor->value());
    if (!stream) co_return fail(unreadable(arn));
    batch.erase_range(Table::log_event, store::KeyWriter().u64(stream->id).take(),
                      store::KeyWriter().u64(stream->id + 1).take());
  }
  CO_TRY(cursor->status());
  batch.erase_range(Table::log_stream, prefix, store::prefix_end(prefix));
  std::erase_if(open_, [&](const auto& entry) { return entry.second->group == arn; });
  co_return co_await commit(std::move(batch));
}

void Archive::remember(const std::string& key, std::shared_ptr<Stream> stream) {
  if (open_.size() >= max_open) {
    const Timestamp now = clock_->now();
    std::erase_if(open_, [&](const auto& entry) {
      return now - entry.second->last_ingestion.value_or(entry.second->created) > rest;
    });
  }
  open_.emplace(key, std::move(stream));
}

Result<std::shared_ptr<Stream>> Archive::find_stream(std::string_view group, std::string_view name) {
  const std::string key = stream_key(group, name);
  if (const auto found = open_.find(key); found != open_.end()) return found->second;
  TRY_ASSIGN(const auto value, store_->get(Table::log_stream, key));
  if (!value) return nullptr;
  auto stream = decode_stream(key, *value);
  if (!stream) return fail(unreadable(name));
  auto kept = std::make_shared<Stream>(std::move(*stream));
  remember(key, kept);
  return kept;
}

std::shared_ptr<Stream> Archive::create_stream(std::string_view group, std::string_view name, store::Batch& batch) {
  auto stream = std::make_shared<Stream>();
  stream->group = group;
  stream->name = name;
  stream->id = random_->next() >> 1U;  // one more is a number too
  stream->created = clock_->now();
  const std::string key = stream_key(group, name);
  batch.put(Table::log_stream, key, encode(*stream));
  remember(key, stream);
  return stream;
}

Result<std::vector<Stream>> Archive::list_streams(std::string_view group, std::string_view name_prefix,
                                                  std::string_view after, std::size_t limit) const {
  const std::string behind = after.empty() ? std::string{} : stream_key(group, after);
  return read_page<Stream>(*store_, Table::log_stream, open_ended(stream_key(group, name_prefix)), behind, limit,
                           decode_stream);
}

Task<Result<void>> Archive::remove_stream(std::string group, std::string name) {
  CO_TRY_ASSIGN(const auto stream, find_stream(group, name));
  if (stream == nullptr) co_return fail(errors::stream_not_found());
  const std::string key = stream_key(group, name);
  store::Batch batch;
  batch.erase(Table::log_stream, key);
  batch.erase_range(Table::log_event, store::KeyWriter().u64(stream->id).take(),
                    store::KeyWriter().u64(stream->id + 1).take());
  open_.erase(key);
  co_return co_await commit(std::move(batch));
}

void Archive::append(Stream& stream, std::span<const NewEvent> events, store::Batch& batch) {
  const Timestamp now = clock_->now();
  last_serial_ = std::max(last_serial_, static_cast<std::uint64_t>(now.time_since_epoch().count()) << 20U);
  for (const NewEvent& event : events) {
    batch.put(Table::log_event, event_key(stream.id, event.at, ++last_serial_), encode_event(now, event.message));
    stream.first_event = std::min(stream.first_event.value_or(event.at), event.at);
    stream.last_event = std::max(stream.last_event.value_or(event.at), event.at);
    stream.bytes += event.message.size() + event_overhead;
  }
  stream.last_ingestion = now;
  batch.put(Table::log_stream, stream_key(stream.group, stream.name), encode(stream));
}

std::unique_ptr<store::Cursor> Archive::scan(std::uint64_t stream, Place from, Place to,
                                             store::Direction direction) const {
  return store_->scan(Table::log_event, event_key(stream, from.at, from.serial), event_key(stream, to.at, to.serial),
                      direction);
}

// A bounded piece; true when more is left.
Task<Result<bool>> Archive::expire_piece(std::string group, std::string name, Timestamp oldest) {
  CO_TRY_ASSIGN(const auto stream, find_stream(group, name));
  if (stream == nullptr || !stream->first_event || *stream->first_event >= oldest) co_return false;
  const std::string from = event_key(stream->id, Timestamp{}, 0);
  const std::string end = store::prefix_end(store::KeyWriter().u64(stream->id).view());
  const auto cursor = store_->scan(Table::log_event, from, end, store::Direction::forward);
  std::uint64_t bytes = 0;
  stream->first_event.reset();
  std::string to = event_key(stream->id, oldest, 0);
  for (std::size_t count = 0; cursor->valid(); cursor->next(), ++count) {
    const auto event = decode_event(cursor->key(), cursor->value());
    if (!event) co_return fail(unreadable(name));
    if (event->at >= oldest || count == max_expired) {
      stream->first_event = event->at;
      to = cursor->key();
      break;
    }
    bytes += event->message.size() + event_overhead;
  }
  CO_TRY(cursor->status());
  if (!stream->first_event) stream->last_event.reset();
  stream->bytes -= std::min(bytes, stream->bytes);
  store::Batch batch;
  batch.erase_range(Table::log_event, from, to);
  batch.put(Table::log_stream, stream_key(group, name), encode(*stream));
  CO_TRY(co_await commit(std::move(batch)));
  co_return stream->first_event && *stream->first_event < oldest;
}

Task<Result<void>> Archive::expire_group(Group group) {
  const Timestamp oldest = clock_->now() - std::chrono::days(group.retention_days);
  std::string after;
  while (true) {
    CO_TRY_ASSIGN(const auto page, list_streams(group.arn, "", after, 1));
    if (page.empty()) co_return Result<void>{};
    after = page.front().name;
    while (true) {
      CO_TRY_ASSIGN(const bool more, co_await expire_piece(group.arn, after, oldest));
      if (!more) break;
    }
  }
}

Task<Result<void>> Archive::expire() {
  std::string after;
  while (true) {
    CO_TRY_ASSIGN(const auto page, list_groups("arn:", after, 1));
    if (page.empty()) co_return Result<void>{};
    after = page.front().arn;
    if (page.front().retention_days > 0) CO_TRY(co_await expire_group(page.front()));
  }
}

}  // namespace stepwell::logs
