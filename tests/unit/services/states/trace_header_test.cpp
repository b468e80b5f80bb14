#include "services/states/trace_header.h"

#include <gtest/gtest.h>

namespace stepwell::states {
namespace {

constexpr const char* kTrace = "5759e988bd862e3fe1be46a994272793";

TEST(TraceHeader, IsRead) {
  const auto header = TraceHeader::parse("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
  ASSERT_TRUE(header);
  EXPECT_EQ(header->trace, kTrace);
  EXPECT_EQ(header->parent, "53995c3f42cd8ad8");
  EXPECT_TRUE(header->sampled);
}

TEST(TraceHeader, MayBeShortOrInAnotherOrder) {
  const auto header = TraceHeader::parse("Sampled=0; Root=1-5759E988-BD862E3FE1BE46A994272793");
  ASSERT_TRUE(header);
  EXPECT_EQ(header->trace, kTrace);
  EXPECT_EQ(header->parent, "");
  EXPECT_FALSE(header->sampled);
}

TEST(TraceHeader, ThatNamesNoTraceIsNone) {
  for (const char* text : {"", "hello", "Root=", "Root=1-5759e988-bd862e3fe1be46a99427279",
                           "Root=1-00000000-000000000000000000000000", "Root=1-5759e988-bd862e3fe1be46a99427279g",
                           "Root=1-5759e9880bd862e3fe1be46a994272793", "Parent=53995c3f42cd8ad8", ";;;"}) {
    EXPECT_FALSE(TraceHeader::parse(text)) << text;
  }
}

TEST(TraceHeader, AParentThatIsNoneIsLeftOut) {
  const auto header = TraceHeader::parse("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=xyz");
  ASSERT_TRUE(header);
  EXPECT_EQ(header->parent, "");
}

}  // namespace
}  // namespace stepwell::states
