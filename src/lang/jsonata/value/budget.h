#pragma once
// How much an evaluation may still do, in steps: one is about what it takes to evaluate a node. Whatever walks over
// values or long texts spends from it: small values can be immense trees, as their parts are shared.

#include <cstddef>
#include <cstdint>

namespace stepwell::jsonata {

struct Budget {
  std::uint64_t used = 0;
  std::uint64_t most = 0;

  // False: that was too much, now or before.
  bool spend(std::size_t steps) { return (used += steps) <= most; }
  // What goes over a text with a few instructions a byte.
  bool spend_text(std::size_t bytes) { return spend(bytes / 64); }
  bool is_exceeded() const { return used > most; }
};

// Recursion over values goes no deeper than that.
inline constexpr std::size_t kDeepestValue = 1000;

}  // namespace stepwell::jsonata
