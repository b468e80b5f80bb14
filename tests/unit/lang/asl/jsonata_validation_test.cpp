// What is said about the expressions of a definition, in AWS's words and at AWS's locations.
#include "validation_fixture.h"

namespace stepwell::asl {
namespace {

std::string invalid(std::string_view message, std::string_view location) {
  return fmt::format("INVALID_JSONATA_EXPRESSION: {} at {}", message, location);
}
std::string unsupported(std::string_view message, std::string_view location) {
  return fmt::format("UNSUPPORTED_JSONATA_EXPRESSION: {} at {}", message, location);
}
std::string top_level(std::string_view name, std::string_view location) {
  return unsupported(fmt::format("Reference to '{}' at the top level is not supported.", name), location);
}

struct Case {
  std::string_view expression;
  std::string expected;
};

TEST(JsonataValidation, of_expressions) {
  const std::string output = "/States/A/Output";
  const Case cases[] = {
      {"1", ""},
      {"$states.input.phone", ""},
      {"$states.input.items[phone > 3].{'a': phone}", ""},
      {"$states.input.items^(phone)", ""},
      {"$map($states.input.a, function($x){ $x.phone })", ""},
      {"$phone", ""},
      {"$states.context.Execution.Id", ""},
      {"$states", ""},
      {"$sum([1,2]) + $count($states.input)", ""},
      {"'$states.errorOutput'", ""},
      {"phone", top_level("phone", output)},
      {"phone[0].x", top_level("phone", output)},
      {"aaa + bbb + aaa", top_level("aaa", output) + "\n" + top_level("bbb", output)},
      {"$map($states.input.a, function($x){ phone })", top_level("phone", output)},
      {"$.phone", top_level("$", output)},
      {"$$", unsupported("Reference to '$$' is not supported.", output)},
      {"$states.errorOutput", unsupported("Field '$states.errorOutput' does not exist.", output)},
      {"$states.result", unsupported("Field '$states.result' does not exist.", output)},
      {"$states.inputs", unsupported("Field '$states.inputs' does not exist.", output)},
      {"a[1,2)", invalid(R"(Expected "]", got ",")", output)},
      {R"(\"unterminated)", invalid("String literal must be terminated by a matching quote", output)},
      {"1 +", invalid("Unexpected end of expression", output)},
      {"", invalid("Unexpected end of expression", output)},
      {R"({\"a\":})", invalid(R"(The symbol "}" cannot be used as a unary operator)", output)},
      {"$x :=", invalid("Unexpected end of expression", output)},
      {R"($match(\"a\", /abc)", invalid("No terminating / in regular expression", output)},
      {"phone %.other", invalid(R"(The symbol "." cannot be used as a unary operator)", output)},
  };
  for (const Case& c : cases) {
    const std::string definition =
        one_jsonata_state(fmt::format(R"("Type":"Pass","End":true,"Output":"{{% {} %}}")", c.expression));
    EXPECT_EQ(lines_of(validate(definition, MachineType::standard)), c.expected) << c.expression;
  }
}

struct Place {
  std::string_view fields;  // of the state A, with the expression for @
  std::string_view location;
};

constexpr std::string_view kProcessor = R"("ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}})";
constexpr std::string_view kDistributed =
    R"("ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I",
       "States":{"I":{"Type":"Pass","End":true}}})";
constexpr std::string_view kTask = R"("Type":"Task","End":true,"Resource":"arn:aws:states:::lambda:invoke")";

std::string definition_of(std::string_view fields, std::string_view expression) {
  std::string text(fields);
  const auto put = [&text](std::string_view mark, std::string_view value) {
    if (const std::size_t at = text.find(mark); at != text.npos) text.replace(at, mark.size(), value);
  };
  put("@processor", kProcessor);
  put("@distributed", kDistributed);
  put("@task", kTask);
  put("@", fmt::format(R"("{{% {} %}}")", expression));
  return one_jsonata_state(text);
}

TEST(JsonataValidation, of_every_field_that_takes_expressions) {
  constexpr Place places[] = {
      {R"("Type":"Pass","End":true,"Output":{"a":{"b":[@]}})", "Output/a/b[0]"},
      {R"("Type":"Pass","End":true,"Assign":{"Next":@})", "Assign/Next"},
      {R"("Type":"Succeed","Output":{"ItemProcessor":{"Iterator":@}})", "Output/ItemProcessor/Iterator"},
      {R"("Type":"Wait","End":true,"Seconds":@)", "Seconds"},
      {R"("Type":"Wait","End":true,"Timestamp":@)", "Timestamp"},
      {R"("Type":"Fail","Error":@)", "Error"},
      {R"("Type":"Fail","Cause":@)", "Cause"},
      {R"(@task,"Arguments":{"FunctionName":"f","Payload":{"Comment":@}})", "Arguments/Payload/Comment"},
      {R"(@task,"Arguments":{"FunctionName":"f"},"TimeoutSeconds":@)", "TimeoutSeconds"},
      {R"(@task,"Arguments":{"FunctionName":"f"},"HeartbeatSeconds":@)", "HeartbeatSeconds"},
      {R"(@task,"Arguments":{"FunctionName":"f"},"Credentials":{"RoleArn":@})", "Credentials/RoleArn"},
      {R"("Type":"Map","End":true,@processor,"Items":@)", "Items"},
      {R"("Type":"Map","End":true,@processor,"Items":[1,@])", "Items[1]"},
      {R"("Type":"Map","End":true,@processor,"ItemSelector":{"Next":@})", "ItemSelector/Next"},
      {R"("Type":"Map","End":true,@processor,"MaxConcurrency":@)", "MaxConcurrency"},
      {R"("Type":"Map","End":true,@processor,"ToleratedFailureCount":@)", "ToleratedFailureCount"},
      {R"("Type":"Map","End":true,@processor,"ToleratedFailurePercentage":@)", "ToleratedFailurePercentage"},
      {R"("Type":"Map","End":true,@distributed,"ItemBatcher":{"BatchInput":{"Comment":@}})",
       "ItemBatcher/BatchInput/Comment"},
      {R"("Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true,"Output":@}}})",
       "ItemProcessor/States/I/Output"},
      {R"("Type":"Parallel","End":true,"Branches":[{"StartAt":"I","States":{"I":{"Type":"Succeed","Output":@}}}])",
       "Branches[0]/States/I/Output"},
      {R"("Type":"Choice","Choices":[{"Condition":@,"Next":"A"}],"Default":"A")", "Choices[0]/Condition"},
      {R"("Type":"Choice","Choices":[{"Condition":true,"Next":"A","Output":{"v":@}}],"Default":"A")",
       "Choices[0]/Output/v"},
      {R"(@task,"Arguments":{"FunctionName":"f"},"Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"Retry":@},"Next":"A"}])",
       "Catch[0]/Assign/Retry"},
  };
  for (const Place& place : places) {
    EXPECT_EQ(lines_of(validate(definition_of(place.fields, "phone"), MachineType::standard)),
              top_level("phone", fmt::format("/States/A/{}", place.location)))
        << place.fields;
    // $states.input is there everywhere, and no result on the way in.
    EXPECT_EQ(lines_of(validate(definition_of(place.fields, "$states.input"), MachineType::standard))
                  .find("UNSUPPORTED_JSONATA_EXPRESSION"),
              std::string::npos)
        << place.fields;
  }
}

TEST(JsonataValidation, of_what_stands_in_other_fields) {
  constexpr std::string_view others[] = {
      R"("Type":"Pass","End":true,"Comment":@)",
      R"(@task,"Arguments":{"FunctionName":"f"},"Retry":[{"ErrorEquals":[@]}])",
      R"("Type":"Map","End":true,"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"k"},
      "ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":[@]}},"ItemProcessor":{
      "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{
      "I":{"Type":"Pass","End":true}}})",
  };
  for (const std::string_view fields : others) {
    EXPECT_EQ(lines_of(validate(definition_of(fields, "phone"), MachineType::standard)), "") << fields;
  }
  // A state that speaks JSONPath has no expressions.
  EXPECT_EQ(lines_of(validate(one_state(R"("Type":"Pass","End":true,"Parameters":{"v":"{% phone %}"})"),
                              MachineType::standard)),
            "");
}

TEST(JsonataValidation, of_what_there_is_when_a_state_is_left) {
  struct Exit {
    std::string_view fields;
    bool result, error_output;
  };
  constexpr Exit exits[] = {
      {R"(@task,"Arguments":{"FunctionName":"f"},"Output":@)", true, false},
      {R"(@task,"Arguments":{"FunctionName":"f"},"Assign":{"v":@})", true, false},
      {R"(@task,"Arguments":{"FunctionName":"f","v":@})", false, false},
      {R"(@task,"Arguments":{"FunctionName":"f"},"Catch":[{"ErrorEquals":["States.ALL"],"Output":@,"Next":"A"}])",
       false, true},
      {R"(@task,"Arguments":{"FunctionName":"f"},"Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"v":@},"Next":"A"}])",
       false, true},
      {R"("Type":"Map","End":true,@processor,"Output":@)", true, false},
      {R"("Type":"Map","End":true,@processor,"ItemSelector":@)", false, false},
      {R"("Type":"Parallel","End":true,"Branches":[{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}],"Output":@)",
       true, false},
      {R"("Type":"Wait","End":true,"Seconds":1,"Output":@)", false, false},
  };
  const auto accepts = [](std::string_view fields, std::string_view expression) {
    return validate(definition_of(fields, expression), MachineType::standard).empty();
  };
  for (const Exit& exit : exits) {
    EXPECT_EQ(accepts(exit.fields, "$states.result.a"), exit.result) << exit.fields;
    EXPECT_EQ(accepts(exit.fields, "$states.errorOutput.Error"), exit.error_output) << exit.fields;
  }
}

}  // namespace
}  // namespace stepwell::asl
