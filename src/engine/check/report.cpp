#include "engine/check/report.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

void Report::add(EventId event, std::string what) {
  ++count_;
  if (findings_.size() >= most_findings) return;
  findings_.push_back({.rule = rule_, .execution = execution_, .name = name_, .event = event, .what = std::move(what)});
}

std::string text_of(const Finding& finding) {
  std::string text(finding.rule);
  text += ": ";
  if (finding.execution != ExecutionId{}) {
    const std::string name = finding.name.empty() ? std::string() : fmt::format("'{}' ", finding.name);
    text += fmt::format("execution {}({}/{})", name, finding.execution.shard, finding.execution.serial);
    if (finding.event != 0) text += fmt::format(", event {}", finding.event);
    text += ": ";
  }
  return text + finding.what;
}

}  // namespace stepwell::engine::check
