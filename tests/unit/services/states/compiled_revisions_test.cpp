// Compiled revisions stay in memory up to a weight, and go with their machine.
#include "services/states/compiled_revisions.h"

#include <gtest/gtest.h>

namespace stepwell::states {
namespace {

CompiledRevisions::Ptr revision(std::string arn, std::string id) {
  auto made = std::make_shared<engine::Revision>();
  made->machine_arn = std::move(arn);
  made->revision_id = std::move(id);
  return made;
}

TEST(CompiledRevisions, AreFoundByMachineAndId) {
  CompiledRevisions compiled;
  const auto one = compiled.add(revision("m", "1"), 100);
  const auto two = compiled.add(revision("m", "2"), 100);
  EXPECT_EQ(compiled.find("m", "1"), one);
  EXPECT_EQ(compiled.find("m", "2"), two);
  EXPECT_EQ(compiled.find("n", "1"), nullptr);
  EXPECT_EQ(compiled.add(revision("m", "1"), 100), one);
  EXPECT_EQ(compiled.current("m"), nullptr);
  compiled.set_current(two);
  EXPECT_EQ(compiled.current("m"), two);
}

TEST(CompiledRevisions, GoWithTheirMachine) {
  CompiledRevisions compiled;
  compiled.set_current(compiled.add(revision("m", "1"), 100));
  const auto other = compiled.add(revision("mm", "1"), 100);
  compiled.forget("m");
  EXPECT_EQ(compiled.find("m", "1"), nullptr);
  EXPECT_EQ(compiled.current("m"), nullptr);
  EXPECT_EQ(compiled.find("mm", "1"), other);
}

TEST(CompiledRevisions, AreForgottenBeyondTheirWeight) {
  CompiledRevisions compiled(100'000);
  compiled.set_current(compiled.add(revision("large", "1"), 10'000));
  compiled.add(revision("large", "2"), 10'000);
  EXPECT_EQ(compiled.find("large", "1"), nullptr);
  EXPECT_EQ(compiled.current("large"), nullptr);
  EXPECT_NE(compiled.find("large", "2"), nullptr);
}

TEST(CompiledRevisions, WhatIsForgottenMakesRoom) {
  CompiledRevisions compiled(100'000);
  const auto kept = compiled.add(revision("kept", "1"), 0);
  for (int i = 0; i < 100; ++i) {
    compiled.add(revision("passing", std::to_string(i)), 0);
    compiled.forget("passing");
  }
  EXPECT_EQ(compiled.find("kept", "1"), kept);
}

}  // namespace
}  // namespace stepwell::states
