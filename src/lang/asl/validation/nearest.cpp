#include "lang/asl/validation/nearest.h"

#include <algorithm>
#include <array>

namespace stepwell::asl::validation {
namespace {

constexpr std::size_t max_length = 80;
constexpr std::size_t max_candidates = 200;
constexpr std::size_t max_edits = 5;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edits from one to the other, case aside: letters put in, left out, changed, or swapped with their neighbour. More
// than `limit` are not counted: only cells that near the diagonal can lie on a way that short.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  std::array<std::array<std::size_t, max_length + 1>, 3> rows;
  for (auto& row : rows) row.fill(limit + 1);
  for (std::size_t j = 0; j <= std::min(limit, b.size()); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& second_above = rows[(i + 1) % 3];
    const std::size_t from = i > limit ? i - limit : 1;
    row[from - 1] = std::min(from == 1 ? i : limit + 1, limit + 1);
    std::size_t least = row[from - 1];
    for (std::size_t j = from; j <= std::min(i + limit, b.size()); ++j) {
      const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      std::size_t best = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) best = std::min(best, second_above[j - 2] + 1);
      row[j] = best;
      least = std::min(least, best);
    }
    if (least > limit) return limit + 1;
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > max_length) return {};
  std::string_view best;
  std::size_t best_distance = std::clamp<std::size_t>(name.size() / 3, 1, max_edits) + 1;
  for (const std::string_view candidate : candidates.first(std::min(candidates.size(), max_candidates))) {
    const std::size_t shorter = std::min(name.size(), candidate.size());
    const std::size_t longer = std::max(name.size(), candidate.size());
    if (longer > max_length || longer - shorter >= best_distance) continue;
    const std::size_t edits = distance(name, candidate, best_distance - 1);
    if (edits < best_distance && edits < candidate.size()) {
      best = candidate;
      best_distance = edits;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view found = nearest(name, candidates);
  return found.empty() ? std::string() : fmt::format("did you mean '{}'?", found);
}

}  // namespace stepwell::asl::validation
