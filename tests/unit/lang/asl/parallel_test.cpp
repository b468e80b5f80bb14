#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

using ParallelTest = MachineFixture;

constexpr std::string_view branches =
    R"("Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A2"},"A2":{"Type":"Succeed"}}},
                   {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}])";

TEST_F(ParallelTest, forks_into_its_branches) {
  activation_.set_input(R"({"x":{"y":1}})");
  const State& parallel = state(
      fmt::format(R"({{"Type":"Parallel",{},"InputPath":"$.x","Parameters":{{"p.$":"$.y"}},"Next":"T"}})", branches));
  const auto step = parallel.enter(activation_);
  ASSERT_TRUE(step);
  const Fork& fork = std::get<Fork>(*step);
  EXPECT_EQ(fork.count, 2U);
  EXPECT_EQ(fork.concurrency, 0U);
  EXPECT_EQ(fork.tolerated_failures, 0U);
  EXPECT_EQ(parallel.child_block(0)->start().name(), "A");
  EXPECT_EQ(parallel.child_block(1)->start().name(), "B");
  EXPECT_EQ(parallel.child_block(1)->owner(), &parallel);
  EXPECT_EQ(json::print(*parallel.child_input(activation_, 1)), R"({"p":1})");
}

TEST_F(ParallelTest, hands_its_input_on_unchanged) {
  activation_.set_input(R"({"x":1})");
  const State& parallel = state(fmt::format(R"({{"Type":"Parallel",{},"Next":"T"}})", branches));
  EXPECT_TRUE(parallel.child_input(activation_, 0)->same_as(activation_.input()));
}

TEST_F(ParallelTest, joins_outputs_in_order) {
  activation_.set_input(R"({"x":1})");
  const json::Value outputs[] = {activation_.value("1"), activation_.value("[2]")};
  const auto join = [&](std::string_view fields) {
    return text_of_step(state(fmt::format(R"({{"Type":"Parallel",{},"Next":"T"{}}})", branches, fields))
                            .resume(activation_, ChildrenDone{outputs}));
  };
  EXPECT_EQ(join(""), "T <- [1,[2]]");
  EXPECT_EQ(join(R"(,"ResultSelector":{"first.$":"$[0]"},"ResultPath":"$.r")"), R"(T <- {"x":1,"r":{"first":1}})");
  EXPECT_EQ(join(R"(,"ResultPath":null,"Assign":{"all.$":"$"})"), R"(T <- {"x":1} all=[1,[2]])");
}

// A cell in which a state may keep what it found.
class KeepingActivation final : public PlainActivation {
 public:
  std::optional<json::Value>* kept() override { return &kept_; }
  std::optional<json::Value> kept_;
};

TEST_F(ParallelTest, every_branch_gets_the_same_arguments) {
  KeepingActivation activation;
  activation.set_input("{}");
  const State& parallel =
      state(fmt::format(R"j({{"Type":"Parallel",{},"Parameters":{{"id.$":"States.UUID()"}},"Next":"T"}})j", branches));
  ASSERT_TRUE(parallel.enter(activation));
  const auto first = parallel.child_input(activation, 0);
  EXPECT_TRUE(parallel.child_input(activation, 1)->same_as(*first));
  // A new visit has arguments of its own.
  ASSERT_TRUE(parallel.enter(activation));
  EXPECT_NE(json::print(*parallel.child_input(activation, 0)), json::print(*first));
}

}  // namespace
}  // namespace stepwell::asl
