#pragma once
// What a path goes through once it binds variables to its steps, or is asked for parents: rows. The first value of a
// row is the context, the others are the columns that the outermost such path declares.

#include "lang/jsonata/value/value.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stepwell::jsonata {

struct Rows {
  std::uint32_t width = 0;
  // Each row is `width` values in the evaluation's memory.
  Value** rows = nullptr;
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;

  std::size_t size() const { return count; }
  Value* row(std::size_t at) const { return rows[at]; }
};

}  // namespace stepwell::jsonata
