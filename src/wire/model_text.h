#pragma once
// Reading the parts of an api.json, with errors that name the place.

#include "base/error.h"
#include "lang/json/value.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace stepwell::wire {

std::unexpected<Error> inconsistent(std::string_view where, std::string_view what);

// The words that a member may hold, each with what it stands for.
template <typename T>
struct Named {
  std::string_view name;
  T value;
};

template <typename Table>
auto lookup(const Table& table, std::string_view name, std::string_view where)
    -> Result<decltype(table.front().value)> {
  const auto found = std::ranges::find(table, name, &Table::value_type::name);
  if (found == table.end()) return inconsistent(where, fmt::format("unknown word '{}'", name));
  return found->value;
}

// Every key must be known: a misspelt limit would otherwise be no limit.
Result<void> check_keys(const json::Value& object, std::span<const std::string_view> known, std::string_view where);

// The members must stand in order of their names, without a name twice.
Result<void> check_order(const json::Value& object, std::string_view where);

// The member `key`, or `otherwise` / nothing when it is absent.
Result<std::string> read_text(const json::Value& object, std::string_view key, std::string_view where,
                              std::string_view otherwise = {});
Result<std::optional<std::int64_t>> read_integer(const json::Value& object, std::string_view key,
                                                 std::string_view where);
Result<std::vector<std::string>> read_texts(const json::Value& object, std::string_view key, std::string_view where);

// The member `key`, which must be there and be an object.
Result<const json::Value*> read_object(const json::Value& object, std::string_view key);

}  // namespace stepwell::wire
