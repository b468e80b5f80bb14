#include "net/http_date.h"

#include <fmt/chrono.h>

namespace stepwell::net {

std::string_view HttpDate::now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME_COARSE, &time);
  if (time.tv_sec != second_) {
    second_ = time.tv_sec;
    text_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(second_));
  }
  return text_;
}

}  // namespace stepwell::net
