#include "lang/json/arena.h"

#include <cstring>

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

TEST(Arena, TakesNothingBeforeItsUse) {
  Arena arena;
  EXPECT_EQ(arena.bytes(), 0U);
  arena.reset();
  EXPECT_EQ(arena.bytes(), 0U);
  EXPECT_EQ(arena.copy(""), "");
  EXPECT_EQ(arena.bytes(), 0U);
}

TEST(Arena, GivesAlignedRoomThatDoesNotOverlap) {
  Arena arena;
  std::vector<std::span<std::byte>> given;
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::size_t bytes = i % 97 + 1;
    const std::size_t alignment = std::size_t{1} << (i % 8);
    void* const room = arena.allocate(bytes, alignment);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(room) % alignment, 0U);
    std::memset(room, static_cast<int>(i % 251), bytes);
    given.emplace_back(static_cast<std::byte*>(room), bytes);
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    for (const std::byte byte : given[i]) ASSERT_EQ(std::to_integer<std::size_t>(byte), i % 251);
  }
}

TEST(Arena, LargeThingsLeaveTheCurrentBlockInUse) {
  Arena arena;
  arena.allocate(16, 8);
  const std::size_t small = arena.bytes();
  arena.allocate(std::size_t{1} << 20, 8);
  const std::size_t both = arena.bytes();
  EXPECT_GE(both, small + (std::size_t{1} << 20));
  arena.allocate(small / 2, 8);
  EXPECT_EQ(arena.bytes(), both);
}

TEST(Arena, BlocksGrow) {
  Arena arena;
  for (int i = 0; i < 1 << 16; ++i) arena.allocate(64, 8);
  EXPECT_GE(arena.bytes(), std::size_t{64} << 16);
  EXPECT_LT(arena.bytes(), std::size_t{64} << 18);
}

TEST(Arena, ResetKeepsTheLargestBlock) {
  Arena arena;
  for (int i = 0; i < 1000; ++i) arena.allocate(64, 8);
  const std::size_t before = arena.bytes();
  arena.reset();
  const std::size_t kept = arena.bytes();
  EXPECT_GT(kept, 0U);
  EXPECT_LT(kept, before);
  arena.allocate(kept, 1);
  EXPECT_EQ(arena.bytes(), kept);
}

TEST(Arena, MovesWithWhatIsPlacedInIt) {
  Arena first;
  const std::string_view text = first.copy("some text");
  Arena second(std::move(first));
  EXPECT_EQ(text, "some text");
  Arena third;
  third.copy("other text");
  third = std::move(second);
  EXPECT_EQ(text, "some text");
  // What was moved from is empty, and usable.
  EXPECT_EQ(second.bytes(), 0U);
  EXPECT_EQ(second.copy("new"), "new");
  EXPECT_EQ(text, "some text");
}

}  // namespace
}  // namespace stepwell::json
