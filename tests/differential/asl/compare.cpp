#include "compare.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::differential {

namespace {

// An event and all that follows from it, without ids; siblings in the order of their texts.
std::string tree(const std::vector<HistoryEvent>& history, const std::vector<std::vector<std::size_t>>& following,
                 std::size_t at) {
  std::vector<std::string> parts;
  for (const std::size_t next : following[at + 1]) parts.push_back(tree(history, following, next));
  std::ranges::sort(parts);
  HistoryEvent event = history[at];
  event.id = event.previous = 0;
  return fmt::format("{}({})", to_text(event), fmt::join(parts, ","));
}

// The trees that begin at nothing; empty when ids have gaps or events point forward.
std::vector<std::string> forest(const std::vector<HistoryEvent>& history) {
  std::vector<std::vector<std::size_t>> following(history.size() + 1);
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i].id != i + 1 || history[i].previous > i) return {};
    following[history[i].previous].push_back(i);
  }
  std::vector<std::string> trees;
  for (const std::size_t root : following[0]) trees.push_back(tree(history, following, root));
  std::ranges::sort(trees);
  return trees;
}

std::string shown(const std::optional<std::string>& text) { return text.value_or("nothing"); }

std::optional<std::string> difference(const Outcome& engine, const Outcome& reference) {
  if (engine.history == reference.history && engine.status == reference.status && engine.output == reference.output &&
      engine.error == reference.error && engine.cause == reference.cause) {
    return std::nullopt;
  }
  const auto differs = [](std::string_view what, const auto& a, const auto& b) {
    return fmt::format("{}\n  engine:    {}\n  reference: {}", what, shown(a), shown(b));
  };
  if (engine.status != reference.status)
    return differs("status", std::optional(engine.status), std::optional(reference.status));
  if (engine.error != reference.error) return differs("error", engine.error, reference.error);
  if (engine.output != reference.output) return differs("output", engine.output, reference.output);
  const auto trees = forest(engine.history);
  if (engine.cause == reference.cause && !trees.empty() && trees == forest(reference.history)) return std::nullopt;
  for (std::size_t i = 0; i < std::max(engine.history.size(), reference.history.size()); ++i) {
    const auto at = [i](const std::vector<HistoryEvent>& history) {
      return i < history.size() ? std::optional(to_text(history[i])) : std::nullopt;
    };
    if (at(engine.history) != at(reference.history))
      return differs("history", at(engine.history), at(reference.history));
  }
  return differs("cause", engine.cause, reference.cause);
}

// What had been told before a time.
Outcome before(const Outcome& outcome, std::int64_t time) {
  const auto later = std::ranges::find_if(outcome.history, [=](const HistoryEvent& event) { return event.at >= time; });
  Outcome part;
  part.history.assign(outcome.history.begin(), later);
  return part;
}

bool is_whole(const Outcome& outcome) { return outcome.status != "RUNNING" && !forest(outcome.history).empty(); }

}  // namespace

std::string to_text(const HistoryEvent& event) {
  std::string text = fmt::format("{} {}<{} @{}", event.id, event.type, event.previous, event.at);
  for (const auto& [name, value] : event.details) text += fmt::format(" {}={}", name, value);
  return text;
}

Comparison compare(const Outcome& engine, const Outcome& reference) {
  const auto all = difference(engine, reference);
  if (!all || !reference.tie || !is_whole(engine)) return {.difference = all, .is_open = false};
  const auto part = difference(before(engine, *reference.tie), before(reference, *reference.tie));
  return {.difference = part, .is_open = !part};
}

}  // namespace stepwell::differential
