#pragma once
// Looking a table up at many keys, each below the one before. Neighbours are reached by steps of one cursor: a step
// costs a tenth of a look-up. Keys that do not descend are found too, only dearer.

#include "store/store.h"

#include <memory>
#include <string>
#include <string_view>

namespace stepwell::states {

class DescendingWalk {
 public:
  DescendingWalk(store::Store& store, store::Table table, std::string lowest)
      : store_(&store), table_(table), lowest_(std::move(lowest)) {}

  // Goes to the greatest key of [from, below); false: there is none.
  bool find(std::string_view from, std::string_view below);
  std::string_view value() const { return cursor_->value(); }  // until the next find
  Result<void> status() const { return cursor_ ? cursor_->status() : Result<void>{}; }

 private:
  store::Store* store_;
  store::Table table_;
  const std::string lowest_;  // where the walk can end
  std::string below_;         // of the last find
  std::unique_ptr<store::Cursor> cursor_;
};

}  // namespace stepwell::states
