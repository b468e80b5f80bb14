#include "lang/jsonata/program/scope.h"

namespace stepwell::jsonata {

Scope::Scope(const Scope* parent, FrameLayout* own)
    : parent_(parent),
      layout_(own != nullptr ? own : parent->layout_),
      has_frame_(own != nullptr),
      first_(layout_->slots) {}

std::uint32_t Scope::declare(std::string_view name) {
  if (const auto found = places_.find(name); found != places_.end()) return found->second;
  const std::uint32_t place = reserve();
  places_.emplace(std::string(name), place);
  return place;
}

std::uint32_t Scope::declare_again(std::string_view name) {
  const std::uint32_t place = reserve();
  places_.insert_or_assign(std::string(name), place);
  return place;
}

std::uint32_t Scope::reserve() { return layout_->slots++; }

const std::uint32_t* Scope::find(std::string_view name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? nullptr : &found->second;
}

std::optional<std::uint32_t> Scope::hops_to(const Scope* outer) const {
  std::uint32_t hops = 0;
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    if (scope == outer) return hops;
    hops += scope->has_frame_ ? 1 : 0;
  }
  return std::nullopt;
}

}  // namespace stepwell::jsonata
