#pragma once
// Every table of the store. The number of a table is part of the on-disk format: it never changes and is never reused.

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace stepwell::store {

enum class Table : std::uint8_t {
#define TABLE(number, name, key, value) name = number,
#include "store/tables.def"
#undef TABLE
};

struct TableInfo {
  Table table;
  std::string_view name;
  std::string_view key;    // what the key is made of, in order
  std::string_view value;  // what the value holds
};

inline constexpr auto all_tables = std::to_array<TableInfo>({
#define TABLE(number, name, key, value) {Table::name, #name, key, value},
#include "store/tables.def"
#undef TABLE
});

// One more than the greatest number: the size of an array that has a place for each table.
inline constexpr std::size_t table_places = std::to_underlying(all_tables.back().table) + 1U;

using TableSet = std::bitset<table_places>;  // by their numbers

}  // namespace stepwell::store
