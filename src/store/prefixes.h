#pragma once
// Prefixes by which the rows of some tables are looked up (store/prefixes.def): what a driver may count on to pass over
// files that have no such row.

#include "store/tables.h"

#include <cstddef>

namespace stepwell::store {

// 0: the rows of the table have no such prefix.
constexpr std::size_t prefix_bytes(Table table) {
  switch (table) {
#define PREFIX(name, bytes) \
  case Table::name: return bytes;
#include "store/prefixes.def"
#undef PREFIX
    default: return 0;
  }
}

}  // namespace stepwell::store
