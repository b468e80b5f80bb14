#pragma once
// How an integration's request, or its response, is changed on the way: the keys of parameter mappings
// (append:header.name, overwrite:path, remove:querystring.name, overwrite:statuscode) with their values.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/apigateway/mapping/template.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepwell::apigateway {

struct Change {
  enum class Action : std::uint8_t { append, overwrite, remove } action{};
  enum class Place : std::uint8_t { header, querystring, path, status } place{};
  std::string name;  // of the header or parameter
  Template value;
};

enum class Direction : std::uint8_t { request, response };

// In the order in which they are made: what is appended and overwritten first, what is removed last. Errors
// BadRequestException.
Result<std::vector<Change>> read_changes(const json::Value& map, Direction direction);

}  // namespace stepwell::apigateway
