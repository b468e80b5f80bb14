#include "services/directory/directory.h"

#include "../../wire/models.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "run_task.h"

#include <gtest/gtest.h>

namespace stepwell::directory {
namespace {

// Answers every call with its own name.
class NamedService final : public Service {
 public:
  NamedService(const wire::ApiModel& model, std::string name) : model_(model), name_(std::move(name)) {}
  const wire::ApiModel& model() const override { return model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    wire::Reply reply;
    reply.output = json::ObjectBuilder(call.arena).add("arn", name_).build();
    co_return reply;
  }

 private:
  const wire::ApiModel& model_;
  std::string name_;
};

Result<wire::Reply> call(Directory& directory, const char* service, const char* operation, wire::Call& call) {
  return run(directory.call(service, operation, call));
}

wire::Call call_with(std::string_view input) {
  wire::Call made;
  made.input = *json::parse_copy(made.arena, input);
  return made;
}

TEST(Directory, CallsByName) {
  Directory directory;
  directory.add(std::make_unique<NamedService>(wire::machines_model(), "here"));
  directory.add(std::make_unique<NamedService>(wire::functions_model(), "there"));
  wire::Call create = call_with(R"({"name": "n"})");
  const auto reply = call(directory, "machines", "Create", create);
  ASSERT_TRUE(reply);
  EXPECT_EQ(json::print(reply->output), R"({"arn":"here"})");
  EXPECT_EQ(create.operation, wire::machines_model().operation("Create"));
  EXPECT_EQ(directory.models().size(), 2U);
  EXPECT_EQ(&directory.find("functions")->model(), &wire::functions_model());
  EXPECT_EQ(directory.find("queues"), nullptr);
}

TEST(Directory, ALaterServiceTakesThePlaceOfAnEarlierOne) {
  Directory directory;
  directory.add(std::make_unique<NamedService>(wire::machines_model(), "first"));
  directory.add(std::make_unique<NamedService>(wire::machines_model(), "second"));
  wire::Call create = call_with(R"({"name": "n"})");
  EXPECT_EQ(json::print(call(directory, "machines", "Create", create)->output), R"({"arn":"second"})");
  EXPECT_EQ(directory.models().size(), 1U);
}

TEST(Directory, WhatCannotBeCalledIsSaid) {
  Directory directory;
  directory.add(std::make_unique<NamedService>(wire::machines_model(), "here"));
  wire::Call any = call_with("{}");
  const auto missing = call(directory, "queues", "Send", any);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "ServiceNotFound");
  EXPECT_EQ(missing.error().detail, "Name one that answers for it: --endpoint queues=URL");
  EXPECT_EQ(call(directory, "machines", "Nothing", any).error().code, "UnknownOperationException");
  EXPECT_EQ(call(directory, "machines", "Create", any).error().code, "ValidationException");
}

}  // namespace
}  // namespace stepwell::directory
