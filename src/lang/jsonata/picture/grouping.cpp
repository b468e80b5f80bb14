#include "lang/jsonata/picture/grouping.h"

#include <utility>

namespace stepwell::jsonata {

Grouping::Grouping(std::vector<std::size_t> positions, bool is_uniform) : positions_(std::move(positions)) {
  if (positions_.empty() || !is_uniform) return;
  const std::size_t first = positions_.front();
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    if (positions_[i] != first * (i + 1)) return;
  }
  interval_ = first;
}

}  // namespace stepwell::jsonata
