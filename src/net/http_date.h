#pragma once
// The value of the Date field (RFC 9110, section 5.6.7), formatted once a second.

#include <ctime>
#include <string>
#include <string_view>

namespace stepwell::net {

class HttpDate {
 public:
  std::string_view now();

 private:
  std::time_t second_ = -1;
  std::string text_;
};

}  // namespace stepwell::net
