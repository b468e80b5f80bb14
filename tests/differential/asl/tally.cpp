#include "tally.h"

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

// Of the types that end so, by what stands before: " 12 Pass, 3 Task".
std::string ending(const std::map<std::string, std::size_t>& events, std::string_view end) {
  std::string text;
  for (const auto& [type, count] : events) {
    if (!type.ends_with(end)) continue;
    text += fmt::format("{} {} {}", text.empty() ? "" : ",", count, type.substr(0, type.size() - end.size()));
  }
  return text.empty() ? " none" : text;
}

}  // namespace

void Tally::add(const Outcome& reference, const Comparison& comparison) {
  ++cases_;
  if (comparison.difference) ++differing_;
  if (comparison.is_open) ++open_;
  if (reference.tie) ++ties_;
  ++statuses_[reference.status];
  retries_ += reference.retries;
  catches_ += reference.catches;
  for (const HistoryEvent& event : reference.history) ++events_[event.type];
}

std::string Tally::text(std::uint64_t first_seed) const {
  std::string statuses;
  for (const auto& [status, count] : statuses_) statuses += fmt::format(" {} {},", count, status);
  std::size_t events = 0;
  for (const auto& [type, count] : events_) events += count;
  std::string text = fmt::format("{} definitions from seed {}, {} events:{} {} retries, {} catches\n", cases_,
                                 first_seed, events, statuses, retries_, catches_);
  text += fmt::format("entered:{}\n", ending(events_, "StateEntered"));
  text += fmt::format("aborted:{}; timed out:{}\n", ending(events_, "StateAborted"), ending(events_, "TimedOut"));
  text += fmt::format("{} differ, {} open of {} with a tie\n", differing_, open_, ties_);
  return text;
}

}  // namespace stepwell::differential
