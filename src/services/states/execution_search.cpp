#include "services/states/execution_search.h"

#include "services/states/execution_sources.h"
#include "services/states/execution_texts.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t looks = 4'000;       // at executions, in a part
constexpr std::size_t text_looks = 1'500;  // at their texts

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return part.empty() || !std::ranges::search(text, part, same).empty();
}

bool fits(const ExecutionSources::Current& execution, const ExecutionSearch& search) {
  if (search.status && execution.status != *search.status) return false;
  if (search.from && execution.started < *search.from) return false;
  if (search.to && execution.started > *search.to) return false;
  return execution.machine_arn.starts_with(search.machines) && contains_ignoring_case(execution.name, search.name);
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

Result<SearchPart> search_part(store::Store& store, engine::ShardId shards, const ExecutionSearch& search,
                               const std::optional<SearchPosition>& after, std::size_t limit) {
  SearchPart part;
  ExecutionSources sources(store, shards, search, after);
  ExecutionTexts texts(store, shards, search.text);
  std::size_t texts_read = 0;
  for (; const auto* const execution = sources.current(); sources.next()) {
    const bool enough = part.found.size() == limit || part.looked_at == looks || texts_read == text_looks;
    if (enough) return part;
    ++part.looked_at;
    part.next = {.started = execution->started, .id = execution->id};
    if (!fits(*execution, search)) continue;
    if (!search.text.empty()) {
      ++texts_read;
      TRY_ASSIGN(const bool found, texts.hold(execution->id, execution->record));
      if (!found) continue;
    }
    TRY_ASSIGN(auto entry, sources.entry());
    part.found.push_back({.entry = std::move(entry), .machine_arn = std::string(execution->machine_arn)});
  }
  TRY(sources.status());
  part.next.reset();
  return part;
}

}  // namespace stepwell::states
