#pragma once
// What a load has measured, as one line of JSON.

#include "load/closed_loop.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

namespace stepwell::load {

class Latencies {
 public:
  void add(Clock::duration time) { times_.push_back(std::chrono::duration<double, std::micro>(time).count()); }
  std::size_t count() const { return times_.size(); }
  // Microseconds that `share` of them stay below; 0 without any.
  double quantile(double share) {
    if (times_.empty()) return 0;
    const auto at = times_.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(times_.size() - 1));
    std::ranges::nth_element(times_, at);
    return *at;
  }

 private:
  std::vector<double> times_;
};

inline void report(Latencies& latencies, Clock::duration took) {
  fmt::print("{{\"operations\":{},\"seconds\":{:.6f},\"p50_us\":{:.1f},\"p99_us\":{:.1f}}}\n", latencies.count(),
             std::chrono::duration<double>(took).count(), latencies.quantile(0.5), latencies.quantile(0.99));
}

}  // namespace stepwell::load
