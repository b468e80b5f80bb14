#pragma once
// Whether a store is sound: every execution's log keeps the rules of a history, the tables are what the logs say, and
// no row belongs to nothing. The rules are tables (log_rules.def, table_rules.def, stray_rules.def), one function each.
//
// The checker reads and changes nothing. It wants a store that stands still: on one at work it would compare rows of
// different moments. What cannot be read is a finding of the rule `readable`.
//
//   Checker checker(store, world);
//   checker.check_all();
//   for (const Finding& finding : checker.report().findings()) …

#include "engine/check/report.h"
#include "engine/world.h"
#include "store/store.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace stepwell::engine::check {

struct RuleInfo {
  std::string_view name;
  std::string_view demand;
};
// Every rule, `readable` first.
std::span<const RuleInfo> all_rules();

class Checker {
 public:
  struct Counts {
    std::uint64_t executions = 0;
    std::uint64_t events = 0;
  };

  Checker(store::Store& store, World& world) : store_(store), world_(world) {}

  // Everything in the store; `progress` is called after each execution.
  void check_all(const std::function<void(const Counts&)>& progress = {});
  void check_execution(ExecutionId id);
  void check_strays();

  const Report& report() const { return report_; }
  Report& report() { return report_; }
  const Counts& counts() const { return counts_; }

 private:
  void read_execution(ExecutionId id);

  store::Store& store_;
  World& world_;
  Report report_;
  Counts counts_;
};

// The rules of a log alone, for tests of them and for logs that are in no store.
void check_log(std::span<const Event> events, json::Arena& arena, Report& report);

}  // namespace stepwell::engine::check
