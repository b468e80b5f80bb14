#include "base/metrics.h"

#include <gtest/gtest.h>

namespace stepwell::metrics {
namespace {

constexpr double kBounds[] = {1, 10};

TEST(Metrics, AreWrittenInOrder) {
  Registry registry;
  Counters& counters = registry.counters("Things", "What there is.", {"Kind", "Of"});
  counters.at({"b", "2"}).add(5);
  counters.at({"a", "1"}).add();
  counters.at({"b", "2"}).add();
  registry.read(Kind::gauge, "level", "How high.", [] { return 1.5; });
  EXPECT_EQ(registry.text(),
            "# HELP Things What there is.\n# TYPE Things counter\n"
            "Things{Kind=\"a\",Of=\"1\"} 1\nThings{Kind=\"b\",Of=\"2\"} 6\n"
            "# HELP level How high.\n# TYPE level gauge\nlevel 1.5\n");
}

TEST(Metrics, EscapeLabels) {
  Registry registry;
  registry.counters("x", "y", {"l"}).at({"a\"b\\c\nd"}).add();
  EXPECT_NE(registry.text().find("x{l=\"a\\\"b\\\\c\\nd\"} 1\n"), std::string::npos);
}

TEST(Metrics, HistogramsAreCumulative) {
  Registry registry;
  Histogram& histogram = registry.histograms("time", "t", {"l"}, kBounds).at({"v"});
  for (const double value : {0.5, 1.0, 2.0, 11.0}) histogram.observe(value);
  EXPECT_EQ(registry.text(),
            "# HELP time t\n# TYPE time histogram\n"
            "time_bucket{l=\"v\",le=\"1\"} 2\ntime_bucket{l=\"v\",le=\"10\"} 3\ntime_bucket{l=\"v\",le=\"+Inf\"} 4\n"
            "time_sum{l=\"v\"} 14.5\ntime_count{l=\"v\"} 4\n");
}

TEST(Metrics, HistogramsWithoutLabels) {
  Registry registry;
  registry.histograms("time", "t", {}, kBounds).at({}).observe(3);
  EXPECT_NE(registry.text().find("time_bucket{le=\"10\"} 1\n"), std::string::npos);
  EXPECT_NE(registry.text().find("time_count 1\n"), std::string::npos);
}

TEST(Metrics, AFamilyIsBounded) {
  Registry registry;
  Counters& counters = registry.counters("x", "y", {"l"});
  for (std::size_t i = 0; i < Family::max_series + 10; ++i) counters.at({std::to_string(i)}).add();
  counters.at({"5"}).add();
  const std::string text = registry.text();
  EXPECT_NE(text.find("x{l=\"other\"} 10\n"), std::string::npos);
  EXPECT_NE(text.find("x{l=\"5\"} 2\n"), std::string::npos);
  EXPECT_EQ(text.find("x{l=\"1005\"}"), std::string::npos);
}

}  // namespace
}  // namespace stepwell::metrics
