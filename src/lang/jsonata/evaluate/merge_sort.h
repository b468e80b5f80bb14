#pragma once
// A stable sort for comparisons that call functions: `goes_behind(a, b)` may be anything, may fail, and is asked about
// neighbours of two sorted halves only.

#include <cstddef>
#include <optional>
#include <vector>

namespace stepwell::jsonata {

// False: a comparison has failed (nullopt).
template <typename T, typename GoesBehind>
bool merge_sort(std::vector<T>& items, const GoesBehind& goes_behind) {
  std::vector<T> merged(items.size());
  const auto sort = [&](const auto& self, std::size_t begin, std::size_t end) -> bool {
    if (end - begin < 2) return true;
    const std::size_t middle = begin + (end - begin) / 2;
    if (!self(self, begin, middle) || !self(self, middle, end)) return false;
    std::size_t left = begin;
    std::size_t right = middle;
    for (std::size_t to = begin; to < end; ++to) {
      bool takes_right = left == middle;
      if (!takes_right && right < end) {
        const std::optional<bool> behind = goes_behind(items[left], items[right]);
        if (!behind) return false;
        takes_right = *behind;
      }
      merged[to] = takes_right ? items[right++] : items[left++];
    }
    std::copy(merged.begin() + static_cast<std::ptrdiff_t>(begin), merged.begin() + static_cast<std::ptrdiff_t>(end),
              items.begin() + static_cast<std::ptrdiff_t>(begin));
    return true;
  };
  return sort(sort, 0, items.size());
}

}  // namespace stepwell::jsonata
