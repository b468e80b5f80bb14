#pragma once
// Finding executions by more than ListExecutions knows: all machines together, parts of names, times, and texts in what
// executions were given and gave. Newest first. A search is done in parts, each of which looks at so many executions at
// most: looking at one costs about half a microsecond, at its texts one or two. A part can be divided among threads:
// each looks at the executions of some shards, and what they found is put together.

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

// An execution's place. The greatest comes first.
struct SearchPosition {
  Timestamp started{};
  engine::ExecutionId id;
  auto operator<=>(const SearchPosition&) const = default;
};
std::string encode(const SearchPosition& position);
std::optional<SearchPosition> decode_position(std::string_view text);

// Every `of`th shard.
struct ShardShare {
  engine::ShardId index = 0, of = 1;
  bool has(engine::ShardId shard) const { return shard % of == index; }
};

struct FoundExecution {
  engine::ListEntry entry;
  std::string machine_arn;
};

// What was found in a share.
struct SearchShare {
  std::vector<FoundExecution> found;
  std::vector<SearchPosition> looked_at;
  bool is_last = false;  // there are no more
};

// At most `limit` executions, after `after`. Any thread may call it.
Result<SearchShare> search_share(store::Store& store, engine::ShardId shards, ShardShare share,
                                 const ExecutionSearch& search, const std::optional<SearchPosition>& after,
                                 std::size_t limit);

struct SearchPart {
  std::vector<FoundExecution> found;
  std::size_t looked_at = 0;
  std::optional<SearchPosition> next;  // nullopt: there are no more
};

// What all shares make together, as far as the slowest of them got: what others have beyond that is looked at again in
// the next part.
SearchPart put_together(std::vector<SearchShare> shares, std::size_t limit);

}  // namespace stepwell::states
