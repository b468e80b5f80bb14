#pragma once
// The components of a point in time that a text names, and the point in time they make together.

#include "base/time.h"
#include "lang/jsonata/picture/picture_error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stepwell::jsonata {

class DateComponents {
 public:
  // `component` is one of kDateComponents. Months and days count from 1; half of the day: 0 or 1; zones: minutes east.
  // NaN: a text that is no such number; nullopt: one that does not count.
  void set(char component, std::optional<double> value) { values_[index(component)] = value; }
  bool has(char component) const { return values_[index(component)].has_value(); }

  // Larger components than the largest that is there come from `now`, smaller ones than the smallest are the least.
  // nullopt: out of range. Error: D3136.
  std::expected<std::optional<std::int64_t>, PictureError> resolve(Timestamp now) const;

 private:
  enum class Calendar : std::uint8_t { months, days_of_year, weeks };

  static std::size_t index(char component) { return static_cast<std::size_t>(component - 'A'); }
  double value(char component) const { return values_[index(component)].value_or(0); }

  bool is_only(std::string_view all, std::string_view type) const;
  Calendar calendar() const;
  bool complete(std::string_view order, Timestamp now);
  double days(Calendar calendar) const;

  std::array<std::optional<double>, 'z' - 'A' + 1> values_;
};

}  // namespace stepwell::jsonata
