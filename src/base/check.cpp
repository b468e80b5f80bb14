#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace stepwell {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "stepwell: internal check failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace stepwell
