#pragma once
// Forms (application/x-www-form-urlencoded) whose names are paths: Tags.member.1.Key=owner&Tags.member.1.Value=me.

#include "base/error.h"
#include "lang/json/arena.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace stepwell::wire {

struct FormField {
  std::string_view name;  // decoded, both in the arena
  std::string_view value;
  std::size_t position;  // in the form
};

// The fields of a body or a query, added to `fields` in their order. Error "SerializationException" for what is no
// form, or no UTF-8, or has more than 100,000 fields.
Result<void> read_form(json::Arena& arena, std::string_view text, std::vector<FormField>& fields);

// Sorts fields by their paths, segment by segment and numbers by their value, so that everything below one path stands
// together, with the path itself before it. Fields of the same name keep their order.
void sort_by_path(std::vector<FormField>& fields);

// The segment that begins at `begin`: "member" of Tags.member.1 at 5; empty behind the end.
std::string_view segment_at(std::string_view path, std::size_t begin);

bool is_form(std::string_view content_type);

}  // namespace stepwell::wire
