#pragma once
// Results on their way out. Small values can be immense trees, as their parts are shared: what is written out is
// bounded as memory is (value/memory.h), and counted in the same way.

#include "lang/jsonata/expression.h"
#include "lang/jsonata/failure.h"
#include "lang/jsonata/value/value.h"

#include <expected>
#include <optional>

namespace stepwell::jsonata {

// nullopt: there is nothing of which JSON could be made. What came from the outside is shared, the rest is placed in
// `arena`. U1001: nested too deep; U1003: larger than `most_bytes`; U1004: a function, in the aws dialect.
std::expected<std::optional<json::Value>, Code> to_json(json::Arena& arena, const Value& value, Dialect dialect,
                                                        std::size_t most_bytes);

}  // namespace stepwell::jsonata
