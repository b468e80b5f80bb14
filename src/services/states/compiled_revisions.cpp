#include "services/states/compiled_revisions.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

// About what a machine of a few states takes, and what grows with its definition.
constexpr std::size_t least_weight = 16U << 10U;
constexpr std::size_t weight_of_a_byte = 8;

std::string key_of(std::string_view arn, std::string_view revision_id) {
  return fmt::format("{}\n{}", arn, revision_id);
}

}  // namespace

CompiledRevisions::Ptr CompiledRevisions::find(std::string_view arn, std::string_view revision_id) const {
  const auto found = all_.find(key_of(arn, revision_id));
  return found == all_.end() ? nullptr : found->second.revision;
}

CompiledRevisions::Ptr CompiledRevisions::add(Ptr revision, std::size_t definition_bytes) {
  const std::size_t weight = least_weight + weight_of_a_byte * definition_bytes;
  if (weight_ + weight > max_weight_) {
    all_.clear();
    current_.clear();
    weight_ = 0;
  }
  const auto [entry, is_new] = all_.try_emplace(key_of(revision->machine_arn, revision->revision_id), revision, weight);
  if (is_new) weight_ += weight;
  return entry->second.revision;
}

CompiledRevisions::Ptr CompiledRevisions::current(const std::string& arn) const {
  const auto found = current_.find(arn);
  return found == current_.end() ? nullptr : found->second;
}

void CompiledRevisions::set_current(Ptr revision) {
  Ptr& current = current_[revision->machine_arn];
  current = std::move(revision);
}

void CompiledRevisions::forget(const std::string& arn) {
  current_.erase(arn);
  std::erase_if(all_, [&](const auto& entry) {
    const bool is_its = entry.second.revision->machine_arn == arn;
    if (is_its) weight_ -= entry.second.weight;
    return is_its;
  });
}

}  // namespace stepwell::states
