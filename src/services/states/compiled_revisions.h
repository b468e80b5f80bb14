#pragma once
// The compiled revisions in memory, bounded by what they weigh. Beyond the bound all are forgotten, and compiled again
// when they are needed; executions under way keep theirs.

#include "engine/revision.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepwell::states {

class CompiledRevisions {
 public:
  using Ptr = std::shared_ptr<const engine::Revision>;

  explicit CompiledRevisions(std::size_t max_weight = std::size_t{128} << 20U) : max_weight_(max_weight) {}

  Ptr find(std::string_view arn, std::string_view revision_id) const;  // nullptr: not in memory
  Ptr add(Ptr revision, std::size_t definition_bytes);
  // The revision that a machine's executions are started with.
  Ptr current(const std::string& arn) const;
  void set_current(Ptr revision);
  void forget(const std::string& arn);  // all of a machine that is deleted

 private:
  struct Entry {
    Ptr revision;
    std::size_t weight;
  };
  const std::size_t max_weight_;
  std::size_t weight_ = 0;
  std::unordered_map<std::string, Entry> all_;    // by ARN and revision id
  std::unordered_map<std::string, Ptr> current_;  // by ARN
};

}  // namespace stepwell::states
