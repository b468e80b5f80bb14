#include "services/states/execution_search.h"

#include "engine/records.h"
#include "services/states/execution_sources.h"
#include "store/codec.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t looks = 4'000;     // at executions, in a part
constexpr std::size_t text_looks = 100;  // at their texts

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return !std::ranges::search(text, part, same).empty() || part.empty();
}

bool fits(const engine::ListEntry& entry, const ExecutionSearch& search) {
  if (search.status && entry.status != *search.status) return false;
  if (search.from && entry.started < *search.from) return false;
  if (search.to && entry.started > *search.to) return false;
  return contains_ignoring_case(entry.name, search.name);
}

Result<bool> says(const engine::Queries& queries, engine::ExecutionId id, std::string_view text) {
  TRY_ASSIGN(const auto view, queries.describe(id));
  if (!view) return false;
  const auto contains = [text](const std::optional<std::string>& where) { return where && where->contains(text); };
  return view->input.contains(text) || contains(view->output) || contains(view->record.error) ||
         contains(view->record.cause);
}

}  // namespace

std::string encode(const SearchPosition& position) {
  return fmt::format("{}-{}-{}", position.started.time_since_epoch().count(), position.id.shard, position.id.serial);
}

std::optional<SearchPosition> decode_position(std::string_view text) {
  std::int64_t millis = 0;
  SearchPosition position;
  const char* const end = text.data() + text.size();
  const auto number = [end](const char* from, auto& value, bool last) -> const char* {
    const auto read = from == nullptr ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                      : std::from_chars(from, end, value);
    if (read.ec != std::errc{} || (read.ptr == end) != last || (!last && *read.ptr != '-')) return nullptr;
    return last ? read.ptr : read.ptr + 1;
  };
  const char* rest = number(text.data(), millis, false);
  rest = number(rest, position.id.shard, false);
  if (number(rest, position.id.serial, true) == nullptr) return std::nullopt;
  position.started = Timestamp{Duration{millis}};
  return position;
}

Result<SearchPart> search_part(store::Store& store, const engine::Queries& queries, engine::ShardId shards,
                               const ExecutionSearch& search, const std::optional<SearchPosition>& after,
                               std::size_t limit) {
  SearchPart part;
  ExecutionSources sources(store, shards, search, after);
  std::size_t texts = 0;
  for (; sources.valid(); sources.next()) {
    const engine::ListEntry& entry = sources.entry();
    const bool enough = part.found.size() == limit || part.looked_at == looks || texts == text_looks;
    if (enough) return part;
    ++part.looked_at;
    part.next = {.started = entry.started, .id = entry.id};
    if (!sources.machine_arn().starts_with(search.machines) || !fits(entry, search)) continue;
    if (!search.text.empty()) {
      ++texts;
      TRY_ASSIGN(const bool found, says(queries, entry.id, search.text));
      if (!found) continue;
    }
    part.found.push_back({.entry = entry, .machine_arn = std::string(sources.machine_arn())});
  }
  TRY(sources.status());
  part.next.reset();
  return part;
}

}  // namespace stepwell::states
