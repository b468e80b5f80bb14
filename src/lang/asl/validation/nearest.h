#pragma once
// "Did you mean …?"

#include <span>
#include <string>
#include <string_view>

namespace stepwell::asl::validation {

// The candidate that `name` is most likely a slip of; empty when none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

// "did you mean 'Next'?", or empty.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace stepwell::asl::validation
