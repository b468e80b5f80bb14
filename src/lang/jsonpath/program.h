#pragma once
// What a path compiles to: a flat list of steps, each applied to what the step before it selects.

#include "lang/jsonpath/filter/filter.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonpath {

enum class StepKind : std::uint8_t {
  name,      // ['a']
  names,     // ['a', 'b']: an object of those that are there
  index,     // [0]
  from_end,  // [(@.length-1)]
  indexes,   // [0,1]
  slice,     // [1:3]
  wildcard,  // [*]
  scan,      // ..
  filter,    // [?(…)]
};

struct Step {
  StepKind kind;
  bool rest_is_definite = false;          // this step and all behind it
  std::string_view name = {};             // name
  std::int32_t index = 0;                 // index; from_end: what is added to the length
  std::optional<std::int32_t> from = {};  // slice
  std::optional<std::int32_t> to = {};    // slice
  std::uint32_t first = 0, count = 0;     // names, indexes, filter: where they stand in the program's lists
};

// Never moved once compiled: its steps hold views of its text.
struct Program {
  std::string text;
  std::vector<Step> steps;
  std::vector<std::string_view> names;
  std::vector<std::int32_t> indexes;
  std::vector<Filter> filters;
  bool is_definite = true;
  bool is_reference = true;

  std::span<const std::string_view> names_of(const Step& step) const { return {names.data() + step.first, step.count}; }
  std::span<const std::int32_t> indexes_of(const Step& step) const { return {indexes.data() + step.first, step.count}; }
};

// Where a path stands: only in a filter may it begin with '@', and there it has no filter of its own.
enum class Place : std::uint8_t { alone, filter };

// Fills `program` from its text. `base` is where the text stands in the path a user wrote, for the offset of an error.
std::expected<void, CompileError> compile_program(Program& program, std::size_t base, Place place);

// The bracketed form of a step, as failure texts print it: ['a'], [0], [?].
std::string to_text(const Program& program, const Step& step);

}  // namespace stepwell::jsonpath
