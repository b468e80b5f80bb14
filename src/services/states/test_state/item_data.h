#pragma once
// What the ItemReader of a Map is said to have read (stateConfiguration.mapItemReaderData): the source's own text, made
// into items as the reader's configuration says.
//
// JSON and JSON Lines are taken apart. Of other forms (CSV, manifests, Parquet) the items stay unknown, as they are
// where no data is given; the test goes on without them.

#include "base/error.h"
#include "lang/json/value.h"

#include <optional>
#include <string_view>

namespace stepwell::states {

struct ItemData {
  std::optional<json::Value> items;  // an array
  bool is_pointed = false;           // ItemsPointer has found it in the data
};

// `reader`: the ItemReader. Error ValidationException where the data is not what the reader reads.
Result<ItemData> read_item_data(json::Arena& arena, const json::Value& reader, std::optional<std::string_view> data);

}  // namespace stepwell::states
