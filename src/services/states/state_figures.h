#pragma once
// How the states of a machine fare: how often each was entered, how often it failed, how long it took, by the time at
// which it was entered. Counted from the histories of executions when somebody asks, so running them costs nothing and
// times before a restart are there too. Done in parts, newest first, each of bounded work; whoever asks adds them up.
//
// A visit of a state has failed when its last attempt did, whether that was caught or ended the execution.

#include "services/states/execution_search.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepwell::states {

struct FiguresQuery {
  std::string list;  // ARN of a machine, a version or an alias
  Timestamp from{};  // executions that were started in that time
  Timestamp to{};
  std::size_t slots = 1;  // that the time is divided into
};

struct StateFigures {
  struct Slot {
    std::uint32_t entered = 0, failed = 0, left = 0;
    std::int64_t milliseconds = 0;  // that the visits took which were left
  };
  std::string name;
  std::vector<Slot> slots;
};

struct FiguresPart {
  std::vector<StateFigures> states;  // in the order in which they were met
  std::size_t executions = 0;
  std::optional<SearchPosition> next;  // nullopt: there are no more
};

Result<FiguresPart> figures_part(store::Store& store, const engine::Queries& queries, engine::ShardId shards,
                                 const FiguresQuery& query, const std::optional<SearchPosition>& after);

}  // namespace stepwell::states
