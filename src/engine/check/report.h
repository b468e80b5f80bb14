#pragma once
// Where findings are gathered. A rule says what is wrong and at which event; the report adds which rule and execution.

#include "engine/ids.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::engine::check {

struct Finding {
  std::string_view rule;
  ExecutionId execution;
  std::string name;   // of the execution; empty where it is not known
  EventId event = 0;  // 0: none
  std::string what;
  bool operator==(const Finding&) const = default;
};

// "chain: execution 'order-1' (3/1876…), event 17: …"
std::string text_of(const Finding& finding);

class Report {
 public:
  // A damaged store may break a rule at every row; what comes after so many is counted only.
  static constexpr std::size_t most_findings = 1'000;

  void begin(std::string_view rule) { rule_ = rule; }
  void of(ExecutionId execution, std::string name) {
    execution_ = execution;
    name_ = std::move(name);
  }
  void add(EventId event, std::string what);
  void add(std::string what) { add(0, std::move(what)); }

  const std::vector<Finding>& findings() const { return findings_; }
  std::size_t count() const { return count_; }
  void clear() {
    findings_.clear();
    count_ = 0;
  }

 private:
  std::string_view rule_;
  ExecutionId execution_;
  std::string name_;
  std::vector<Finding> findings_;
  std::size_t count_ = 0;
};

}  // namespace stepwell::engine::check
