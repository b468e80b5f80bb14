#pragma once
// What a run over many seeds went through: whether the definitions reach what they are made for.

#include "compare.h"
#include "outcome.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace stepwell::differential {

class Tally {
 public:
  void add(const Outcome& reference, const Comparison& comparison);
  std::size_t differing() const { return differing_; }
  // Some lines.
  std::string text(std::uint64_t first_seed) const;

 private:
  std::size_t cases_ = 0, differing_ = 0, open_ = 0, ties_ = 0;
  std::size_t retries_ = 0, catches_ = 0;
  std::map<std::string, std::size_t> statuses_;
  std::map<std::string, std::size_t> events_;  // by type
};

}  // namespace stepwell::differential
