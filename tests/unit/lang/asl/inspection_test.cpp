// What an observer sees of states at work.
#include "lang/asl/inspection.h"

#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

class Notes final : public Inspection {
 public:
  void passed(Stage stage, const json::Value& value) override {
    static constexpr std::string_view names[] = {"input_path",  "arguments",  "result",        "result_selector",
                                                 "result_path", "items_path", "item_selector", "max_concurrency",
                                                 "tolerated#",  "tolerated%"};
    text += fmt::format("{}={} ", names[static_cast<std::size_t>(stage)], json::print(value));
  }
  void handles(Handler handler, std::size_t index) override {
    text += fmt::format("{}={} ", handler == Handler::retrier ? "retrier" : "catcher", index);
  }
  std::string text;
};

class WatchedActivation final : public PlainActivation {
 public:
  explicit WatchedActivation(Inspection& inspection) { inspection_ = &inspection; }
};

class InspectionTest : public MachineFixture {
 protected:
  std::string entering(std::string_view definition, std::string_view input) {
    activation_.set_context("{}");
    activation_.set_input(input);
    step_ = state(definition).enter(activation_);
    return std::exchange(notes_.text, {});
  }
  std::string resuming(std::string_view result) {
    step_ = machine_->top().start().resume(activation_, TaskResult{activation_.value(result)});
    return std::exchange(notes_.text, {});
  }
  std::string failing(std::string_view definition, const Failure& failure, std::uint32_t retries) {
    activation_.set_input("{}");
    const State& failed = state(definition);
    const std::vector<std::uint32_t> used(failed.retriers(), retries);
    (void)failed.recover(activation_, failure, used);
    return std::exchange(notes_.text, {});
  }

  Notes notes_;
  WatchedActivation activation_{notes_};
  Evaluated<Step> step_{Exit{}};
};

constexpr std::string_view task = R"("Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Next":"T")";

TEST_F(InspectionTest, every_stage_of_a_task_is_seen) {
  const std::string definition = fmt::format(
      R"({{{},"InputPath":"$.a","Parameters":{{"p.$":"$.b"}},"ResultSelector":{{"s.$":"$.r"}},"ResultPath":"$.out"}})",
      task);
  EXPECT_EQ(entering(definition, R"({"a":{"b":1}})"), R"(input_path={"b":1} arguments={"p":1} )");
  EXPECT_EQ(resuming(R"({"r":2})"),
            R"(result={"r":2} result_selector={"s":2} result_path={"a":{"b":1},"out":{"s":2}} )");
}

TEST_F(InspectionTest, absent_fields_are_passed_too) {
  EXPECT_EQ(entering(fmt::format("{{{}}}", task), "1"), "input_path=1 arguments=1 ");
  EXPECT_EQ(resuming("2"), "result=2 result_selector=2 result_path=2 ");
}

TEST_F(InspectionTest, jsonata_has_arguments_alone) {
  EXPECT_EQ(
      entering(fmt::format(R"({{{},"QueryLanguage":"JSONata","Arguments":"{{% $states.input + 1 %}}"}})", task), "1"),
      "arguments=2 ");
  EXPECT_EQ(resuming("3"), "result=3 ");
}

TEST_F(InspectionTest, what_fails_is_not_passed) {
  EXPECT_EQ(entering(fmt::format(R"({{{},"InputPath":"$.missing"}})", task), "{}"), "");
  EXPECT_FALSE(step_.has_value());
}

TEST_F(InspectionTest, the_result_of_a_pass_stands_for_its_input) {
  EXPECT_EQ(entering(R"({"Type":"Pass","InputPath":"$.missing","Result":1,"End":true})", "{}"),
            "result=1 result_selector=1 result_path=1 ");
  EXPECT_TRUE(step_.has_value());
}

TEST_F(InspectionTest, a_map_shows_items_and_limits) {
  EXPECT_EQ(entering(R"({"Type":"Map","ItemsPath":"$.i","MaxConcurrency":3,"ToleratedFailureCount":1,
                         "ToleratedFailurePercentage":2.5,"ItemSelector":{"v.$":"$$.Map.Item.Value"},
                         "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true})",
                     R"({"i":[7,8]})"),
            R"(input_path={"i":[7,8]} items_path=[7,8] max_concurrency=3 tolerated#=1 tolerated%=2.5 )");
  ASSERT_TRUE(machine_->top().start().child_input(activation_, 1).has_value());
  EXPECT_TRUE(notes_.text.ends_with(R"(item_selector={"v":8} )")) << notes_.text;
}

TEST_F(InspectionTest, handlers_are_named_even_where_they_are_used_up) {
  const std::string definition = fmt::format(
      R"({{{},"Retry":[{{"ErrorEquals":["A"]}},{{"ErrorEquals":["B"],"MaxAttempts":2}}],)"
      R"("Catch":[{{"ErrorEquals":["A"],"Next":"U"}},{{"ErrorEquals":["States.ALL"],"Next":"T","ResultPath":null}}]}})",
      task);
  const Failure failure{.error = "B", .cause = {}, .framed = false, .location = {}};
  EXPECT_EQ(failing(definition, failure, 1), "retrier=1 ");
  EXPECT_TRUE(failing(definition, failure, 2).starts_with("retrier=1 catcher=1 "));
  EXPECT_TRUE(
      failing(definition, {.error = "C", .cause = {}, .framed = false, .location = {}}, 0).starts_with("catcher=1 "));
  EXPECT_EQ(failing(definition, runtime_failure("r"), 0), "");
}

}  // namespace
}  // namespace stepwell::asl
