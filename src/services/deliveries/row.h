#pragma once
// A delivery that waits: its place among those of its target, and all that its attempts need.
//
// The key is target, due time, serial: the rows of one target stand together, in the order in which they are due.

#include "lang/json/arena.h"
#include "services/deliveries/delivery.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::deliveries {

struct Row {
  Delivery delivery;
  std::string request_id;      // of every attempt
  std::uint32_t attempts = 0;  // that have failed
  std::uint32_t depth = 0;     // of deliveries that have caused it
  Timestamp added{};
};

struct Place {
  std::string target;
  Timestamp due{};
  std::uint64_t serial = 0;
};

std::string row_key(const Place& place);
std::optional<Place> decode_place(std::string_view key);
// Every key of the target begins so.
std::string target_prefix(std::string_view target);

std::string encode(const Row& row);
// The input of a call is in the arena. nullopt: cannot be read.
std::optional<Row> decode_row(json::Arena& arena, const Place& place, std::string_view value);

}  // namespace stepwell::deliveries
