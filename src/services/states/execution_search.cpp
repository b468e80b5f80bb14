#include "services/states/execution_search.h"

#include "services/states/execution_sources.h"
#include "services/states/execution_texts.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t looks = 16'000;      // at executions, in a part
constexpr std::size_t text_looks = 6'000;  // at their texts

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return part.empty() || !std::ranges::search(text, part, same).empty();
}

bool fits(const ExecutionSources::Current& execution, const ExecutionSearch& search) {
  if (search.status && execution.status != *search.status) return false;
  if (search.from && execution.at.started < *search.from) return false;
  if (search.to && execution.at.started > *search.to) return false;
  return execution.machine_arn.starts_with(search.machines) && contains_ignoring_case(execution.name, search.name);
}

SearchPosition place_of(const FoundExecution& found) { return {.started = found.entry.started, .id = found.entry.id}; }

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

Result<SearchShare> search_share(store::Store& store, engine::ShardId shards, ShardShare share,
                                 const ExecutionSearch& search, const std::optional<SearchPosition>& after,
                                 std::size_t limit) {
  SearchShare part;
  ExecutionSources sources(store, shards, share, search, after);
  ExecutionTexts texts(store, shards, search.text);
  std::size_t texts_read = 0;
  for (; const auto* const execution = sources.current(); sources.next()) {
    const bool enough = part.found.size() == limit || part.looked_at.size() == looks || texts_read == text_looks;
    if (enough) return part;
    part.looked_at.push_back(execution->at);
    if (!fits(*execution, search)) continue;
    if (!search.text.empty()) {
      ++texts_read;
      TRY_ASSIGN(const bool found, texts.hold(execution->at.id, execution->record));
      if (!found) continue;
    }
    TRY_ASSIGN(auto entry, sources.entry());
    part.found.push_back({.entry = std::move(entry), .machine_arn = std::string(execution->machine_arn)});
  }
  TRY(sources.status());
  part.is_last = true;
  return part;
}

SearchPart put_together(std::vector<SearchShare> shares, std::size_t limit) {
  SearchPart part;
  for (SearchShare& share : shares) {
    std::ranges::move(share.found, std::back_inserter(part.found));
    if (!share.is_last) part.next = std::max(part.next.value_or(SearchPosition{}), share.looked_at.back());
  }
  std::ranges::sort(part.found, std::greater<>(), place_of);
  if (part.found.size() > limit) {
    part.found.resize(limit);
    part.next = std::max(part.next.value_or(SearchPosition{}), place_of(part.found.back()));
  }
  const SearchPosition oldest = part.next.value_or(SearchPosition{});
  std::erase_if(part.found, [&](const FoundExecution& found) { return place_of(found) < oldest; });
  for (const SearchShare& share : shares) {
    const auto beyond = std::ranges::upper_bound(share.looked_at, oldest, std::greater<>());
    part.looked_at += static_cast<std::size_t>(beyond - share.looked_at.begin());
  }
  return part;
}

}  // namespace stepwell::states
