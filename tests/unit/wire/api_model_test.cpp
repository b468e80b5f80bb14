#include "wire/api_model.h"

#include "models.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

TEST(ApiModel, HeadOperationsAndShapesAreRead) {
  const ApiModel& model = machines_model();
  EXPECT_EQ(model.service(), "machines");
  EXPECT_EQ(model.protocol(), Protocol::aws_json);
  EXPECT_EQ(model.target_prefix(), "Machines");
  EXPECT_EQ(model.error_namespace(), "com.example.machines");
  ASSERT_EQ(model.operations().size(), 2U);
  const OperationModel* create = model.operation("Create");
  ASSERT_NE(create, nullptr);
  EXPECT_EQ(create->method, "POST");
  EXPECT_EQ(create->uri, "/");
  EXPECT_EQ(create->status, 200);
  EXPECT_EQ(create->errors, (std::vector<std::string>{"Exists", "Quota"}));
  EXPECT_EQ(create->input, model.shape("CreateInput"));
  EXPECT_EQ(model.operation("create"), nullptr);
  EXPECT_EQ(model.operation("Z"), nullptr);
  const ShapeMember* name = create->input->member("name");
  ASSERT_NE(name, nullptr);
  EXPECT_TRUE(name->required);
  EXPECT_EQ(name->shape->max, 8);
  EXPECT_FALSE(create->input->member("size")->required);
  EXPECT_EQ(create->input->member("other"), nullptr);
  EXPECT_EQ(model.shape("Quota")->exception_status, 402);
}

TEST(ApiModel, AnOperationWithoutInputHasTheEmptyOne) {
  const OperationModel* ping = machines_model().operation("Ping");
  ASSERT_NE(ping, nullptr);
  EXPECT_TRUE(ping->input->members.empty());
  EXPECT_TRUE(ping->output->members.empty());
}

TEST(ApiModel, PlacesOfMembersAreRead) {
  const OperationModel* invoke = functions_model().operation("Invoke");
  ASSERT_NE(invoke, nullptr);
  EXPECT_EQ(invoke->input->member("Name")->location, Location::uri);
  EXPECT_EQ(invoke->input->member("Kind")->location, Location::header);
  EXPECT_EQ(invoke->input->member("Kind")->location_name, "X-Kind");
  EXPECT_EQ(invoke->input->member("Payload")->location, Location::payload);
  EXPECT_EQ(invoke->output->member("StatusCode")->location, Location::status);
  EXPECT_EQ(functions_model().operation("Put")->input->member("Size")->location, Location::body);
}

struct Broken {
  const char* operations;
  const char* shapes;
  const char* complaint;
};

TEST(ApiModel, InconsistenciesAreNamed) {
  const std::vector<Broken> cases = {
      {"", R"("A": {"type": "text"})", "A: unknown word 'text'"},
      {"", R"("A": {"type": "string", "maximum": 3})", "A: unknown key 'maximum'"},
      {"", R"("A": {"type": "string", "max": "3"})", "A: 'max' is no integer"},
      {"", R"("A": {"type": "string", "min": 4, "max": 3})", "A: min is above max"},
      {"", R"("A": {"type": "string", "pattern": "("})", "Pattern (: "},
      {"", R"("A": {"type": "integer", "enum": ["x"]})", "A: only strings have an enum or a pattern"},
      {"", R"("A": {"type": "string", "enum": [1]})", "A: 'enum' holds no strings"},
      {"", R"("B": {"type": "string"}, "A": {"type": "string"})", "shapes: 'B' is out of order"},
      {"", R"("A": {"type": "list"})", "A: 'member' names the unknown shape ''"},
      {"", R"("A": {"type": "list", "member": "X"})", "A: 'member' names the unknown shape 'X'"},
      {"", R"("A": {"type": "integer"}, "M": {"type": "map", "key": "A", "value": "A"})", "M: its key is no string"},
      {"", R"("A": {"type": "structure"})", "members: is no object"},
      {"", R"("A": {"type": "structure", "members": {"b": "B"}})", "A.b: has an unknown shape"},
      {"", R"("A": {"type": "structure", "required": ["c"], "members": {}})", "A: requires unknown 'c'"},
      {"", R"("A": {"type": "structure", "members": {"b": {"shape": "A", "in": "cookie"}}})",
       "A.b: unknown word 'cookie'"},
      {"",
       R"("A": {"type": "structure", "members": {"b": {"shape": "A", "in": "payload"}, "c": {"shape": "A", "in": "payload"}}})",
       "A: has two payloads"},
      {R"("O": {"input": "A"})", R"("A": {"type": "string"})", "O: its input is no structure"},
      {R"("O": {"input": "X"})", "", "O: 'input' names the unknown shape 'X'"},
      {R"("O": {"errors": ["A"]})", R"("A": {"type": "structure", "members": {}})", "O: 'A' is no exception"},
      {R"("P": {}, "O": {})", "", "operations: 'P' is out of order"},
      {R"("O": {"input": "A", "http": {"uri": "/a"}})",
       R"("A": {"type": "structure", "required": ["b"], "members": {"b": {"shape": "S", "in": "uri"}}}, "S": {"type": "string"})",
       "O: 'b' is missing in its URI, or not required"},
      {R"("O": {"input": "A"})", R"("A": {"type": "structure", "members": {"b": {"shape": "A", "in": "query"}}})",
       "O: 'b' is no scalar"},
  };
  for (const Broken& broken : cases) {
    const auto model = ApiModel::load(fmt::format(
        R"({{"service": "s", "protocol": "json", "targetPrefix": "S", "operations": {{{}}}, "shapes": {{{}}}}})",
        broken.operations, broken.shapes));
    ASSERT_FALSE(model) << broken.complaint;
    EXPECT_NE(model.error().message.find(broken.complaint), std::string::npos) << model.error().message;
    EXPECT_EQ(model.error().fault, Fault::server);
  }
}

TEST(ApiModel, TheHeadMustBeComplete) {
  for (const char* text : {"", "[]", "{}", R"({"service": "s"})",
                           R"({"service": "s", "protocol": "soap", "operations": {}, "shapes": {}})",
                           R"({"service": "s", "protocol": "json", "operations": {}, "shapes": {}})",
                           R"({"protocol": "rest-json", "operations": {}, "shapes": {}})",
                           R"({"service": "s", "protocol": "rest-json", "shapes": {}})",
                           R"({"service": "s", "protocol": "rest-json", "operations": {}})",
                           R"({"service": "s", "protocol": "rest-json", "operations": {}, "shapes": {}, "more": 1})"}) {
    EXPECT_FALSE(ApiModel::load(text)) << text;
  }
  EXPECT_TRUE(ApiModel::load(R"({"service": "s", "protocol": "rest-json", "operations": {}, "shapes": {}})"));
}

// They are not looked at again before a request needs them.
TEST(ApiModel, ThoseOfTheServicesAreConsistent) {
  std::size_t read = 0;
  for (const auto& service : std::filesystem::directory_iterator(STEPWELL_SERVICES)) {
    std::ifstream file(service.path() / "api.json");
    if (!file) continue;
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto model = ApiModel::load(text);
    ASSERT_TRUE(model) << service.path() << ": " << model.error().message;
    const auto embedded = ApiModel::load_embedded(text);
    EXPECT_EQ(embedded->service(), (*model)->service());
    EXPECT_EQ(embedded->operations().size(), (*model)->operations().size()) << service.path();
    ++read;
  }
  EXPECT_GE(read, 5U);
}

}  // namespace
}  // namespace stepwell::wire
