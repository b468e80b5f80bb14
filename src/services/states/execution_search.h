#pragma once
// Finding executions by more than ListExecutions knows: all machines together, parts of names, times, and texts in what
// executions were given and gave. Newest first. A search is done in parts, each of which looks at so many executions at
// most, so that a long one lets others have their turn: looking at one costs about half a microsecond, at its texts one
// or two.

#include "base/error.h"
#include "engine/queries.h"
#include "lang/json/value.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace stepwell::states {

struct ExecutionSearch {
  std::string list;      // ARN of a machine, a version or an alias; empty: of all machines
  std::string machines;  // what the ARNs of those begin with
  std::optional<engine::Status> status;
  std::string name;                   // a part of the execution's name, capital letters or not
  std::string text;                   // stands in input, output, error or cause, as it is
  std::optional<Timestamp> from, to;  // of the start, both included
};

// The last execution that was looked at.
struct SearchPosition {
  Timestamp started{};
  engine::ExecutionId id;
};
std::string encode(const SearchPosition& position);
std::optional<SearchPosition> decode_position(std::string_view text);

struct SearchPart {
  struct Found {
    engine::ListEntry entry;
    std::string machine_arn;
  };
  std::vector<Found> found;
  std::size_t looked_at = 0;
  std::optional<SearchPosition> next;  // nullopt: there are no more
};

// One part: at most `limit` executions, after `after`.
Result<SearchPart> search_part(store::Store& store, engine::ShardId shards, const ExecutionSearch& search,
                               const std::optional<SearchPosition>& after, std::size_t limit);

}  // namespace stepwell::states
