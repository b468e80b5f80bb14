#pragma once
// One field of a cron expression: lists of values, ranges and steps.

#include <bitset>
#include <optional>
#include <span>
#include <string_view>

namespace stepwell::schedule {

struct Field {
  int first = 0, last = 0;
  std::span<const std::string_view> names = {};  // of the values from `first` on
};

std::optional<int> read_value(std::string_view text, const Field& field);

// *, 5, 1-5, 0/15, 10-50/20. Calls `add` with each value; false: that is none of these.
template <typename Add>
bool read_item(std::string_view item, const Field& field, Add&& add) {
  int step = 1;
  const std::size_t slash = item.find('/');
  if (slash != std::string_view::npos) {
    const auto value = read_value(item.substr(slash + 1), {.first = 1, .last = field.last});
    if (!value) return false;
    step = *value;
  }
  const std::string_view range = item.substr(0, slash);
  std::optional<int> from = field.first, to = field.last;
  if (range != "*") {
    const std::size_t dash = range.find('-');
    from = read_value(range.substr(0, dash), field);
    if (dash != std::string_view::npos) {
      to = read_value(range.substr(dash + 1), field);
    } else if (slash == std::string_view::npos) {
      to = from;
    }
  }
  if (!from || !to) return false;
  // A range may go over the end: FRI-MON, 22-2.
  const int count = field.last - field.first + 1;
  const int length = *from <= *to ? *to - *from : *to - *from + count;
  for (int i = 0; i <= length; i += step) add(field.first + (*from - field.first + i) % count);
  return true;
}

// Calls `read` with each item of a list; false where one of them, or the list, is nothing.
template <typename Read>
bool read_list(std::string_view list, Read&& read) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (!read(list.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace stepwell::schedule
