// The first part is an expression, the second a zone file. The next time lies behind the time that is asked for, and
// the clock shows it.
#include "base/check.h"
#include "lang/schedule/expression.h"
#include "parts.h"

#include <cstdint>

namespace stepwell::schedule {
namespace {

void check(std::string_view input) {
  const std::string_view text = take_part(input);
  const TimeZone zone = TimeZone::parse(input).value_or(TimeZone());
  for (const Dialect dialect : {Dialect::rule, Dialect::schedule}) {
    const auto expression = parse(text, dialect);
    if (!expression) continue;
    Timestamp after{};
    for (int i = 0; i < 3; ++i) {
      const auto time = next(*expression, Timestamp{Duration{1}}, after, zone);
      if (!time) break;
      CHECK(*time > after);
      after = *time;
    }
  }
}

}  // namespace
}  // namespace stepwell::schedule

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::schedule::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
