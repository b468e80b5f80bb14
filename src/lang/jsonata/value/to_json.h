#pragma once
// Results on their way out.

#include "lang/jsonata/expression.h"
#include "lang/jsonata/failure.h"
#include "lang/jsonata/value/value.h"

#include <expected>
#include <optional>

namespace stepwell::jsonata {

// nullopt: there is nothing of which JSON could be made. What came from the outside is shared, the rest is placed in
// `arena`.
std::expected<std::optional<json::Value>, Code> to_json(json::Arena& arena, const Value& value, Dialect dialect);

}  // namespace stepwell::jsonata
