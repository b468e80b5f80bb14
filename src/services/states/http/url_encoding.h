#pragma once
// Transform of an HTTP task (spec §4): a request body in the form of a web form.

#include "lang/json/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

enum class ArrayFormat : std::uint8_t {
  indices,   // a[0]=1&a[1]=2
  repeat,    // a=1&a=2
  commas,    // a=1,2
  brackets,  // a[]=1&a[]=2
};
std::optional<ArrayFormat> read_array_format(std::string_view name);

// Members of objects are a[b]=1. Names and values are percent-encoded; null is an empty value.
std::string url_encoded(const json::Value& object, ArrayFormat format);

}  // namespace stepwell::states
