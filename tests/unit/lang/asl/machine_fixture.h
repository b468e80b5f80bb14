#pragma once
// One state of a compiled machine with an activation to run it in: what the tests of state types share.
#include "lang/asl/machine.h"
#include "lang/json/print.h"
#include "plain_activation.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::asl {

// `state` is the body of a state named S; it may go to the states T and U beside it.
inline std::string machine_of(std::string_view state) {
  return fmt::format(
      R"({{"StartAt":"S","States":{{"S":{},"T":{{"Type":"Pass","End":true}},"U":{{"Type":"Succeed"}}}}}})", state);
}

inline std::string text_of(const Failure& failure) {
  return fmt::format("{}{}: {}{}", failure.framed ? "framed " : "", failure.error.value_or("-"),
                     failure.cause.value_or("-"), failure.location.empty() ? "" : " @ " + failure.location);
}

class MachineFixture : public ::testing::Test {
 protected:
  // The state S of a machine around `state`.
  const State& state(std::string_view definition) {
    auto compiled = Machine::compile(machine_of(definition));
    if (!compiled) ADD_FAILURE() << compiled.error().message;
    machine_ = std::move(compiled).value();
    return machine_->top().start();
  }

  // The error's message, or "" where the state compiles.
  static std::string compile_error(std::string_view definition) {
    auto compiled = Machine::compile(machine_of(definition));
    if (compiled) return {};
    EXPECT_EQ(compiled.error().code, "InvalidDefinition");
    return compiled.error().message;
  }

  // "T <- output" or "output" at the end, with " name=value" for each assigned variable; or the failure.
  static std::string text_of_step(const Evaluated<Step>& step) {
    if (!step) return text_of(step.error());
    if (!std::holds_alternative<Exit>(*step)) return "no exit";
    const Exit& exit = std::get<Exit>(*step);
    std::string text = exit.next == nullptr ? "" : exit.next->name() + " <- ";
    text += json::print(exit.output);
    for (const Assignment& assigned : exit.assigned) {
      text += fmt::format(" {}={}", assigned.name, json::print(assigned.value));
    }
    return text;
  }

  std::string enter(std::string_view definition, std::string_view input) {
    activation_.set_input(input);
    return text_of_step(state(definition).enter(activation_));
  }

  std::shared_ptr<const Machine> machine_;
  PlainActivation activation_;
};

}  // namespace stepwell::asl
