#pragma once
// Inputs of the query protocol: the members of a structure as the fields of a form, by the names that the model gives
// them.
//
//   {"UserName": "ann", "Tags": [{"Key": "team", "Value": "a"}], "Names": {"x": "y"}}
//   UserName=ann&Tags.member.1.Key=team&Tags.member.1.Value=a&Names.entry.1.key=x&Names.entry.1.value=y
//
// Elements are numbered from 1 without a gap, in any order. Of a name that comes twice the first field counts. An empty
// list, map or structure is a field without a value. Fields that the model does not know are ignored.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/api_model.h"
#include "wire/form.h"

#include <string>
#include <vector>

namespace stepwell::wire {

// The members of `shape`, a structure, in the arena. `fields` is sorted by path. Error "SerializationException" where a
// path does not fit the shape, in AWS's words.
Result<json::Value> read_form_members(json::Arena& arena, const Shape& shape, const std::vector<FormField>& fields);

// Appends the members of `object` as "&Name=value".
void write_form_members(std::string& form, const Shape& shape, const json::Value& object);

}  // namespace stepwell::wire
