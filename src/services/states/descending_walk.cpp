#include "services/states/descending_walk.h"

namespace stepwell::states {
namespace {

constexpr int most_steps = 12;  // beyond that a new look-up is cheaper

}  // namespace

bool DescendingWalk::find(std::string_view from, std::string_view below) {
  bool again = cursor_ == nullptr || below > below_;
  for (int steps = 0; !again && cursor_->valid() && cursor_->key() >= below; ++steps) {
    again = steps == most_steps;
    if (!again) cursor_->next();
  }
  if (again) cursor_ = store_->scan(table_, lowest_, below, store::Direction::backward);
  below_ = below;
  return cursor_->valid() && cursor_->key() >= from;
}

}  // namespace stepwell::states
