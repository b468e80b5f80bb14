// Definitions and what is said about them, rule by rule.
#include "validation_fixture.h"

namespace stepwell::asl {
namespace {

using namespace std::string_literals;

class Validates : public testing::TestWithParam<Definition> {};

TEST_P(Validates, AsTheTableSays) {
  const Definition& definition = GetParam();
  EXPECT_EQ(lines_of(validate(definition.text, definition.type)), definition.diagnostics) << definition.text;
}

const std::string kSchema = "SCHEMA_VALIDATION_FAILED: ";

const Definition kForm[] = {
    {"Empty", "", kSchema + "Definition must be a valid JSON object at null"},
    {"WhiteSpace", " \n", kSchema + "Definition must be a valid JSON object at null"},
    {"Array", "[]", kSchema + "Definition must be a valid JSON object at null"},
    {"EmptyObject", "{}", kSchema + "These fields are required: [States, StartAt] at /"},
    {"NoStates", R"({"StartAt":"A"})", kSchema + "These fields are required: [States] at /"},
    {"NoStart", R"({"States":{"A":{"Type":"Succeed"}}})", kSchema + "These fields are required: [StartAt] at /"},
    {"EmptyStates", R"({"StartAt":"A","States":{}})", kSchema + "Value cannot be empty at /States"},
    {"StatesNoObject", R"({"StartAt":"A","States":[]})", kSchema + "Expected value of type [OBJECT] at /States"},
    {"StateNoObject", R"({"StartAt":"A","States":{"A":1}})", kSchema + "Expected value of type [OBJECT] at /States/A"},
    {"StartNoString", R"({"StartAt":1,"States":{"A":{"Type":"Succeed"}}})",
     kSchema + "Expected value of type [STRING] at /StartAt"},
    {"UnknownField", one_state(R"("Type":"Succeed")", R"("Startat":"A",)"),
     kSchema + "Field 'Startat' is not supported at /"},
    {"Version", one_state(R"("Type":"Succeed")", R"("Version":"1.0",)"), ""},
    {"WrongVersion", one_state(R"("Type":"Succeed")", R"("Version":"2.0",)"),
     kSchema + "Value should be one of the following: [1.0] at /Version"},
    {"Timeout", one_state(R"("Type":"Succeed")", R"("TimeoutSeconds":0,)"), ""},
    {"NegativeTimeout", one_state(R"("Type":"Succeed")", R"("TimeoutSeconds":-1,)"),
     kSchema + "Minimum value is 0 at /TimeoutSeconds"},
    {"FractionalTimeout", one_state(R"("Type":"Succeed")", R"("TimeoutSeconds":1.0,)"),
     kSchema + "Expected value of type Integer at /TimeoutSeconds"},
    {"NoType", one_state(R"("End":true)"), kSchema + "These fields are required: [Type] at /States/A"},
    {"TypeNoString", one_state(R"("Type":1)"), kSchema + "Expected value of type [STRING] at /States/A/Type"},
    {"WrongType", one_state(R"("Type":"Tsk","Foo":1)"),
     kSchema + "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, "
               "Map] at /States/A/Type"},
};

const Definition kFields[] = {
    {"TimeoutOnPass", one_state(R"("Type":"Pass","End":true,"TimeoutSeconds":5)"),
     kSchema + "Field 'TimeoutSeconds' is not supported at /States/A"},
    {"CatchOnSucceed", one_state(R"("Type":"Succeed","Catch":[])"),
     kSchema + "Field 'Catch' is not supported at /States/A"},
    {"EndOnSucceed", one_state(R"("Type":"Succeed","End":true)"),
     kSchema + "Field 'End' is not supported at /States/A"},
    {"NextOnChoice", one_state(R"("Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"A"}],"Next":"A")"),
     kSchema + "Field 'Next' is not supported at /States/A"},
    {"TwoInTheOrderOfTheText", one_state(R"("Type":"Pass","End":true,"Retry":[],"Catch":[])"),
     kSchema + "Field 'Retry' is not supported at /States/A\n" + kSchema +
         "Field 'Catch' is not supported at /States/A"},
    {"MissingResource", one_state(R"("Type":"Task","End":true)"),
     kSchema + "These fields are required: [Resource] at /States/A"},
    {"MissingChoices", one_state(R"("Type":"Choice")"), kSchema + "These fields are required: [Choices] at /States/A"},
    {"MissingBranches", one_state(R"("Type":"Parallel","End":true)"),
     kSchema + "These fields are required: [Branches] at /States/A"},
    {"OutputInJsonPath", one_state(R"("Type":"Pass","End":true,"Output":1)"),
     kSchema + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' "
               "QueryLanguage at /States/A"},
    {"InputPathInJsonata", one_jsonata_state(R"("Type":"Pass","End":true,"InputPath":"$.a")"),
     kSchema + "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' "
               "QueryLanguage at /States/A"},
    {"Downgrade", one_jsonata_state(R"("Type":"Pass","End":true,"QueryLanguage":"JSONPath","Output":1)"),
     kSchema + "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A"},
    {"Upgrade", one_state(R"("Type":"Pass","End":true,"QueryLanguage":"JSONata","Output":"{% 1 %}")"), ""},
    {"WrongCaseIsJsonata", one_state(R"("Type":"Pass","End":true,"QueryLanguage":"jsonpath","InputPath":"$.a")"),
     kSchema +
         "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' "
         "QueryLanguage at /States/A\n" +
         kSchema + "Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage"},
    {"NumberAsMachineLanguage", one_state(R"("Type":"Pass","End":true)", R"("QueryLanguage":5,)"),
     kSchema + "Expected value of type [STRING] at /QueryLanguage"},
    {"MapDoesNotHandItsLanguageDown",
     one_state(R"("Type":"Map","End":true,"QueryLanguage":"JSONata","ItemProcessor":{"StartAt":"B","States":{"B":{
       "Type":"Pass","End":true,"Output":1}}})"),
     kSchema + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' "
               "QueryLanguage at /States/A/ItemProcessor/States/B"},
    {"LanguageOnProcessor",
     one_state(R"("Type":"Map","End":true,"ItemProcessor":{"QueryLanguage":"JSONata","StartAt":"B","States":{"B":{
       "Type":"Succeed"}}})"),
     kSchema + "Field 'QueryLanguage' is not supported at /States/A/ItemProcessor"},
    {"NextAndEnd", one_state(R"("Type":"Pass","Next":"A","End":true)"),
     kSchema + "There should only be one of the following fields: [Next, End] at /States/A"},
    {"NeitherNextNorEnd", one_state(R"("Type":"Pass")"),
     kSchema + "This object should have only one of the following fields: [Next, End] at /States/A"},
    {"EndIsFalse", one_state(R"("Type":"Pass","End":false)"),
     kSchema + "This object should have only one of the following fields: [Next, End] at /States/A"},
    {"EndNoBoolean", one_state(R"("Type":"Pass","End":"true")"),
     kSchema + "Expected value of type [BOOLEAN] at /States/A/End"},
    {"TimeoutAndPath", one_state(R"("Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
       "End":true,"TimeoutSeconds":1,"TimeoutSecondsPath":"$.t")"),
     kSchema + "There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/A"},
    {"NoTime", one_state(R"("Type":"Wait","End":true)"),
     kSchema + "This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, "
               "Timestamp] at /States/A"},
    {"TwoTimes", one_state(R"("Type":"Wait","End":true,"Seconds":1,"TimestampPath":"$.t")"),
     kSchema + "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at "
               "/States/A"},
    {"NoProcessor", one_state(R"("Type":"Map","End":true)"),
     kSchema + "This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/A"},
    {"ErrorAndPath", one_state(R"("Type":"Fail","Error":"a","ErrorPath":"$.e")"),
     kSchema + "There should only be one of the following fields: [Error, ErrorPath] at /States/A"},
    {"ZeroSeconds", one_state(R"("Type":"Wait","End":true,"Seconds":0)"), ""},
    {"NegativeSeconds", one_state(R"("Type":"Wait","End":true,"Seconds":-1)"),
     kSchema + "Minimum value is 0 at /States/A/Seconds"},
    {"TooManySeconds", one_state(R"("Type":"Wait","End":true,"Seconds":10000000000000000)"),
     kSchema + "Maximum value is 99999999 at /States/A/Seconds"},
    {"SecondsAsText", one_state(R"("Type":"Wait","End":true,"Seconds":"1")"),
     kSchema + "Expected value of type Integer at /States/A/Seconds"},
    {"SecondsAsExpression", one_jsonata_state(R"("Type":"Wait","End":true,"Seconds":"{% 1 %}")"), ""},
    {"ExpressionInJsonPath", one_state(R"("Type":"Wait","End":true,"Seconds":"{% 1 %}")"),
     kSchema + "Expected value of type Integer at /States/A/Seconds"},
    {"EmptyBranches", one_state(R"("Type":"Parallel","End":true,"Branches":[])"),
     kSchema + "Value cannot be empty at /States/A/Branches"},
    {"BranchNoObject", one_state(R"("Type":"Parallel","End":true,"Branches":[[]])"),
     kSchema + "Expected value of type [OBJECT] at /States/A/Branches[0]"},
    {"BranchWithoutStart",
     one_state(R"("Type":"Parallel","End":true,"Branches":[{"States":{"B":{"Type":"Succeed"}}}])"),
     kSchema + "These fields are required: [StartAt] at /States/A/Branches[0]"},
    {"NestedState",
     one_state(R"("Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Choice"}}}])"),
     kSchema + "These fields are required: [Choices] at /States/A/Branches[0]/States/B"},
};

const Definition kPaths[] = {
    {"InputPath", one_state(R"("Type":"Pass","End":true,"InputPath":"a")"),
     kSchema + "Value must be a valid JSONPath. at /States/A/InputPath"},
    {"NullPaths", one_state(R"("Type":"Pass","End":true,"InputPath":null,"OutputPath":null,"ResultPath":null)"), ""},
    {"IndefiniteAndContextPaths", one_state(R"("Type":"Pass","End":true,"InputPath":"$..a","OutputPath":"$$.State")"),
     ""},
    {"IntrinsicAsInputPath", one_state(R"x("Type":"Pass","End":true,"InputPath":"States.UUID()")x"),
     kSchema + "Value must be a valid JSONPath. at /States/A/InputPath"},
    {"IndefiniteResultPath", one_state(R"("Type":"Pass","End":true,"ResultPath":"$.a[*]")"),
     kSchema + "Value is not a Reference Path at /States/A/ResultPath"},
    {"ContextAsResultPath", one_state(R"("Type":"Pass","End":true,"ResultPath":"$$.a")"),
     kSchema + "Value is not a Reference Path at /States/A/ResultPath"},
    {"VariableAsResultPath", one_state(R"("Type":"Pass","End":true,"ResultPath":"$order")"),
     kSchema + "Value is not a Reference Path at /States/A/ResultPath"},
    {"VariableAsSecondsPath", one_state(R"("Type":"Wait","End":true,"SecondsPath":"$order.seconds")"), ""},
    {"ContextAsSecondsPath", one_state(R"("Type":"Wait","End":true,"SecondsPath":"$$.Execution.Input.n")"),
     kSchema + "Value is not a Reference Path at /States/A/SecondsPath"},
    {"ContextAsCausePath", one_state(R"("Type":"Fail","CausePath":"$$.State.Name")"), ""},
    {"TextFunctionAsCausePath", one_state(R"x("Type":"Fail","CausePath":"States.Format('{}', $.a)")x"), ""},
    {"OtherFunctionAsCausePath", one_state(R"x("Type":"Fail","CausePath":"States.MathAdd(1, 2)")x"),
     kSchema + "Value must be a valid JSONPath. at /States/A/CausePath"},
    {"Template", one_state(R"x("Type":"Pass","End":true,"Parameters":{"a.$":"$.b","c":[{"d.$":"States.UUID()"}]})x"),
     ""},
    {"BrokenTemplate", one_state(R"("Type":"Pass","End":true,"Parameters":{"a.$":"b"})"),
     kSchema + "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at "
               "/States/A/Parameters"},
    {"TemplateWithANumber", one_state(R"("Type":"Pass","End":true,"Parameters":{"a.$":1})"),
     kSchema + "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at "
               "/States/A/Parameters"},
    {"BrokenTemplateBelow", one_state(R"x("Type":"Pass","End":true,"Parameters":{"a":[{"b.$":"States.Nope()"}]})x"),
     kSchema + "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at "
               "/States/A/Parameters/a[0]"},
    {"ForeignEscapeInIntrinsic",
     one_state(R"x("Type":"Pass","End":true,"Parameters":{"a.$":"States.StringToJson('{\"b\":\"\\\"c\\\"\"}')"})x"),
     kSchema + "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at "
               "/States/A/Parameters"},
    {"TooManyArguments", one_state(R"x("Type":"Pass","End":true,"Parameters":{"a.$":"States.UUID(1)"})x"),
     kSchema + "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at "
               "/States/A/Parameters"},
    {"ResultIsNoTemplate", one_state(R"("Type":"Pass","End":true,"Result":{"a.$":"b"})"),
     "warning PASS_RESULT_IS_STATIC: Attempt to use a path in the result of a pass state. at /States/A/Result"},
    {"ConstantThatLooksLikeAPath", one_state(R"("Type":"Pass","End":true,"Parameters":{"a":"$.b","c":"$5"})"),
     "warning NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic Function. at "
     "/States/A/Parameters/a"},
    {"CauseThatLooksLikeAPath", one_state(R"("Type":"Fail","Cause":"$.b")"),
     "warning NO_PATH: Field value looks like a path, but field name does not end with 'Path'. at /States/A/Cause"},
    {"OpenExpression", one_jsonata_state(R"("Type":"Pass","End":true,"Output":{"a":["{% 1"]})"),
     kSchema + "JSONata string must start with {% and end with %} at /States/A/Output/a[0]"},
    {"ExpressionThatIsNotOpened", one_jsonata_state(R"("Type":"Pass","End":true,"Output":"1 %}")"),
     kSchema + "JSONata string must start with {% and end with %} at /States/A/Output"},
    {"NoExpression", one_jsonata_state(R"("Type":"Pass","End":true,"Output":" {% 1 %} ")"), ""},
    {"Timestamp", one_state(R"("Type":"Wait","End":true,"Timestamp":"2016-03-14T01:59:00.25+01:00")"), ""},
    {"TimestampWithoutZone", one_state(R"("Type":"Wait","End":true,"Timestamp":"2016-12-05T21:29:29")"),
     kSchema + "String does not match RFC3339 timestamp at /States/A/Timestamp"},
    {"ExpressionAsJsonPathTimestamp", one_state(R"("Type":"Wait","End":true,"Timestamp":"{% $x %}")"),
     kSchema + "String does not match RFC3339 timestamp at /States/A/Timestamp"},
    {"ExpressionAsTimestamp", one_jsonata_state(R"("Type":"Wait","End":true,"Timestamp":"{% $x %}")"), ""},
    {"Assign", one_state(R"("Type":"Pass","End":true,"Assign":{"a_1":1,"b.$":"$.c","ä":2})"), ""},
    {"AssignStates", one_state(R"("Type":"Pass","End":true,"Assign":{"states.$":"$.c"})"),
     "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign"},
    {"AssignBelow", one_state(R"("Type":"Pass","End":true,"Assign":{"x.y":1})"),
     "INVALID_VARIABLE_NAME: Invalid variable name 'x.y': the variable name contains invalid characters. at "
     "/States/A/Assign"},
};

std::string choice(std::string_view rules, std::string_view machine_fields = "") {
  return fmt::format(
      R"({{"StartAt":"C",{}"States":{{"C":{{"Type":"Choice","Choices":{}}},"A":{{"Type":"Succeed"}}}}}})",
      machine_fields, rules);
}

const std::string kOperators =
    "[BooleanEquals, BooleanEqualsPath, IsBoolean, IsNull, IsNumeric, IsPresent, IsString, IsTimestamp, NumericEquals, "
    "NumericEqualsPath, NumericGreaterThan, NumericGreaterThanEquals, NumericGreaterThanEqualsPath, "
    "NumericGreaterThanPath, NumericLessThan, NumericLessThanEquals, NumericLessThanEqualsPath, NumericLessThanPath, "
    "StringEquals, StringEqualsPath, StringGreaterThan, StringGreaterThanEquals, StringGreaterThanEqualsPath, "
    "StringGreaterThanPath, StringLessThan, StringLessThanEquals, StringLessThanEqualsPath, StringLessThanPath, "
    "StringMatches, TimestampEquals, TimestampEqualsPath, TimestampGreaterThan, TimestampGreaterThanEquals, "
    "TimestampGreaterThanEqualsPath, TimestampGreaterThanPath, TimestampLessThan, TimestampLessThanEquals, "
    "TimestampLessThanEqualsPath, TimestampLessThanPath]";

const Definition kChoices[] = {
    {"Comparison", choice(R"([{"Variable":"$.a","StringEquals":"b","Next":"A"}])"), ""},
    {"Nested", choice(R"([{"And":[{"Variable":"$.a","IsPresent":true},{"Not":{"Or":[{"Variable":"$.b",
       "NumericLessThan":1.5}]}}],"Next":"A","Comment":"c","Assign":{"x.$":"$.a"}}])"),
     ""},
    {"NoRules", choice("[]"), kSchema + "Value cannot be empty at /States/C/Choices"},
    {"RuleNoObject", choice("[1]"), kSchema + "Expected value of type [OBJECT] at /States/C/Choices[0]"},
    {"NoNext", choice(R"([{"Variable":"$.a","IsNull":true}])"),
     kSchema + "These fields are required: [Next] at /States/C/Choices[0]"},
    {"NestedNext", choice(R"([{"Not":{"Variable":"$.a","IsNull":true,"Next":"A"},"Next":"A"}])"),
     kSchema + "Field 'Next' is not supported at /States/C/Choices[0]/Not"},
    {"NoSelector", choice(R"([{"Next":"A"}])"),
     kSchema + "The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at "
               "/States/C/Choices[0]"},
    {"EmptyAnd", choice(R"([{"And":[],"Next":"A"}])"), kSchema + "Value cannot be empty at /States/C/Choices[0]/And"},
    {"NoOperator", choice(R"([{"Variable":"$.a","Next":"A"}])"),
     kSchema + "This object should have only one of the following fields: " + kOperators + " at /States/C/Choices[0]"},
    {"TwoOperators", choice(R"([{"Variable":"$.a","IsNull":true,"IsString":true,"Next":"A"}])"),
     kSchema + "There should only be one of the following fields: " + kOperators + " at /States/C/Choices[0]"},
    {"UnknownField", choice(R"([{"Variable":"$.a","IsNull":true,"next":"A","Next":"A"}])"),
     kSchema + "Field 'next' is not supported at /States/C/Choices[0]"},
    {"VariableWithoutDollar", choice(R"([{"Variable":"a","IsNull":true,"Next":"A"}])"),
     kSchema + "Value is not a Reference Path: Reference path didn't start with '$' at /States/C/Choices[0]/Variable"},
    {"IndefiniteVariable", choice(R"([{"Variable":"$.a[*]","IsNull":true,"Next":"A"}])"),
     kSchema + "Value is not a Reference Path at /States/C/Choices[0]/Variable"},
    {"ContextVariable", choice(R"([{"Variable":"$$.Execution.Name","IsNull":true,"Next":"A"}])"), ""},
    {"OperandOfOtherType", choice(R"([{"Variable":"$.a","NumericEquals":"1","Next":"A"}])"),
     kSchema + "Expected value of type Double at /States/C/Choices[0]/NumericEquals"},
    {"FlagOfOtherType", choice(R"([{"Variable":"$.a","IsNull":"yes","Next":"A"}])"),
     kSchema + "Expected value of type [BOOLEAN] at /States/C/Choices[0]/IsNull"},
    {"OperandPath", choice(R"([{"Variable":"$.a","StringEqualsPath":"b","Next":"A"}])"),
     kSchema + "Value is not a Reference Path: Reference path didn't start with '$' at "
               "/States/C/Choices[0]/StringEqualsPath"},
    {"OperandTimestamp", choice(R"([{"Variable":"$.a","TimestampEquals":"2020-01-01","Next":"A"}])"),
     kSchema + "String does not match RFC3339 timestamp at /States/C/Choices[0]/TimestampEquals"},
    {"Condition",
     choice(R"([{"Condition":"{% $x %}","Next":"A","Output":1},{"Condition":true,"Next":"A"}])",
            R"("QueryLanguage":"JSONata",)"),
     ""},
    {"ConditionNoExpression", choice(R"([{"Condition":"x","Next":"A"}])", R"("QueryLanguage":"JSONata",)"),
     kSchema + "JSONata string must start with {% and end with %} at /States/C/Choices[0]/Condition"},
    {"ConditionInJsonPath", choice(R"([{"Condition":true,"Next":"A"}])"),
     kSchema + "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' "
               "QueryLanguage at /States/C/Choices[0]"},
    {"VariableInJsonata", choice(R"([{"Variable":"$.a","Next":"A"}])", R"("QueryLanguage":"JSONata",)"),
     kSchema + "The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' "
               "QueryLanguage at /States/C/Choices[0]"},
};

std::string task(std::string_view fields,
                 std::string_view resource = "arn:aws:lambda:us-east-1:123456789012:function:f") {
  return one_state(
      fmt::format(R"("Type":"Task","Resource":"{}","End":true{}{})", resource, fields.empty() ? "" : ",", fields));
}

const std::string kUnknownResource =
    " is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at "
    "/States/A/Resource";

const Definition kTasks[] = {
    {"Lambda", task(""), ""},
    {"Retry", task(R"("Retry":[{"ErrorEquals":["X"],"IntervalSeconds":0,"MaxAttempts":0,"BackoffRate":1,
       "MaxDelaySeconds":9,"JitterStrategy":"FULL","Comment":"c"},{"ErrorEquals":["States.ALL"]}])"),
     ""},
    {"EmptyRetryAndCatch", task(R"("Retry":[],"Catch":[])"), ""},
    {"RetryWithoutNames", task(R"("Retry":[{}])"),
     kSchema + "These fields are required: [ErrorEquals] at /States/A/Retry[0]"},
    {"NoNames", task(R"("Retry":[{"ErrorEquals":[]}])"),
     kSchema + "Value cannot be empty at /States/A/Retry[0]/ErrorEquals"},
    {"NameNoString", task(R"("Retry":[{"ErrorEquals":[1]}])"),
     kSchema + "Expected value of type [STRING] at /States/A/Retry[0]/ErrorEquals[0]"},
    {"AllNotAlone", task(R"("Retry":[{"ErrorEquals":["X","States.ALL"]}])"),
     kSchema + "States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals[1]"},
    {"AllNotLast", task(R"("Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["X"]}])"),
     kSchema + "States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals[0]"},
    {"NegativeAttempts", task(R"("Retry":[{"ErrorEquals":["X"],"MaxAttempts":-1}])"),
     kSchema + "Minimum value is 0 at /States/A/Retry[0]/MaxAttempts"},
    {"LowRate", task(R"("Retry":[{"ErrorEquals":["X"],"BackoffRate":0.5}])"),
     kSchema + "Minimum value is 1.0 at /States/A/Retry[0]/BackoffRate"},
    {"LongDelay", task(R"("Retry":[{"ErrorEquals":["X"],"MaxDelaySeconds":31622401}])"),
     kSchema + "Maximum value is 31622400 at /States/A/Retry[0]/MaxDelaySeconds"},
    {"DelayBelowInterval", task(R"("Retry":[{"ErrorEquals":["X"],"IntervalSeconds":5,"MaxDelaySeconds":5}])"),
     kSchema + "MaxDelaySeconds must be greater than IntervalSeconds at /States/A/Retry[0]/MaxDelaySeconds"},
    {"Jitter", task(R"("Retry":[{"ErrorEquals":["X"],"JitterStrategy":"SOME"}])"),
     kSchema + "Value should be one of the following: [NONE, FULL] at /States/A/Retry[0]/JitterStrategy"},
    {"UnknownRetryField", task(R"("Retry":[{"ErrorEquals":["X"],"Interval":1}])"),
     kSchema + "Field 'Interval' is not supported at /States/A/Retry[0]"},
    {"CatchWithoutNext", task(R"("Catch":[{"ErrorEquals":["X"]}])"),
     kSchema + "These fields are required: [Next] at /States/A/Catch[0]"},
    {"CatchResultPath", task(R"("Catch":[{"ErrorEquals":["X"],"Next":"A","ResultPath":"$.a[?(@.b)]"}])"),
     kSchema + "Value is not a Reference Path at /States/A/Catch[0]/ResultPath"},
    {"CatchOutputInJsonPath", task(R"("Catch":[{"ErrorEquals":["X"],"Next":"A","Output":1}])"),
     kSchema + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' "
               "QueryLanguage at /States/A/Catch[0]"},
    {"ZeroTimeout", task(R"("TimeoutSeconds":0)"), kSchema + "Minimum value is 1 at /States/A/TimeoutSeconds"},
    {"HeartbeatTooLong", task(R"("TimeoutSeconds":5,"HeartbeatSeconds":5)"),
     kSchema + "HeartbeatSeconds must be smaller than TimeoutSeconds at /States/A/HeartbeatSeconds"},
    {"NoArn", task("", "create"), kSchema + "Value is not a valid resource ARN at /States/A/Resource"},
    {"NoSuchService", task(R"("Parameters":{})", "arn:aws:states:::dynamo:getItem"),
     kSchema + "The resource provided arn:aws:states:::dynamo:getItem" + kUnknownResource},
    {"NoSuchAction", task(R"("Parameters":{})", "arn:aws:states:::dynamodb:query"),
     kSchema + "The resource provided arn:aws:states:::dynamodb:query" + kUnknownResource},
    {"NoSuchPattern", task(R"("Parameters":{"FunctionName":"f"})", "arn:aws:states:::lambda:invoke.sync"),
     kSchema + "The resource provided arn:aws:states:::lambda:invoke.sync" + kUnknownResource},
    {"SdkKnowsNoJobs", task(R"("Parameters":{})", "arn:aws:states:::aws-sdk:s3:listBuckets.sync"),
     kSchema + "The resource provided arn:aws:states:::aws-sdk:s3:listBuckets.sync" + kUnknownResource},
    {"Sdk", task(R"("Parameters":{})", "arn:aws-cn:states:::aws-sdk:s3:listBuckets.waitForTaskToken"), ""},
    {"Nested", task(R"("Parameters":{"StateMachineArn.$":"$.a"})", "arn:aws:states:::states:startExecution.sync:2"),
     ""},
    {"NoParameters", task("", "arn:aws:states:::aws-sdk:s3:listBuckets"),
     kSchema + "Parameters field is required for resource ARN: arn:aws:states:::aws-sdk:s3:listBuckets at /States/A"},
    {"MissingParameter", task(R"("Parameters":{"TableName.$":"$.t"})", "arn:aws:states:::dynamodb:putItem"),
     kSchema + "The field 'Item' is required but was missing at /States/A/Parameters"},
    {"EmptyCredentials", task(R"("Credentials":{})"),
     kSchema + "The field 'RoleArn' is required but was missing at /States/A/Credentials"},
    {"CredentialsByPath", task(R"("Credentials":{"RoleArn.$":"$.role"})"), ""},
    {"CredentialsOfActivity",
     task(R"("Credentials":{"RoleArn":"r"})", "arn:aws:states:us-east-1:123456789012:activity:a"),
     kSchema + "The field 'Credentials' is not supported for activities at /States/A/Credentials"},
    {"ExpressActivity", task("", "arn:aws:states:us-east-1:123456789012:activity:a"),
     kSchema + "Express state machine does not support Activity ARN at /States/A/Resource", MachineType::express},
    {"ExpressSync", task(R"("Parameters":{"StateMachineArn":"a"})", "arn:aws:states:::states:startExecution.sync:2"),
     kSchema + "Express state machine does not support '.sync' service integration at /States/A/Resource",
     MachineType::express},
    {"ExpressToken", task(R"("Parameters":{"Message":"a"})", "arn:aws:states:::sns:publish.waitForTaskToken"),
     kSchema + "Express state machine does not support '.waitForTaskToken' service integration  at /States/A/Resource",
     MachineType::express},
};

std::string map(std::string_view fields, std::string_view config = R"("Mode":"INLINE")") {
  return one_state(fmt::format(R"("Type":"Map","End":true,"ItemProcessor":{{"ProcessorConfig":{{{}}},"StartAt":"B",
    "States":{{"B":{{"Type":"Pass","End":true}}}}}}{}{})",
                               config, fields.empty() ? "" : ",", fields));
}

std::string distributed(std::string_view fields) {
  return map(fields, R"("Mode":"DISTRIBUTED","ExecutionType":"STANDARD")");
}

const Definition kMaps[] = {
    {"Inline", map(R"("MaxConcurrency":2,"ToleratedFailurePercentage":0.5,"ItemsPath":"$$.Execution.Input")"), ""},
    {"Distributed",
     map(R"("Label":"l","ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Key.$":"$.k"},
       "ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["a"],"MaxItemsPath":"$.n"}},
       "ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"a.$":"$.b"}},
       "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{},"WriterConfig":{"OutputType":"JSONL"}})",
         R"("Mode":"DISTRIBUTED","ExecutionType":"EXPRESS")"),
     ""},
    {"ReaderInline", map(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject"})"),
     kSchema + "Field 'ItemReader' is not supported at /States/A"},
    {"BatcherWithoutMode", one_state(R"("Type":"Map","End":true,"ItemBatcher":{"MaxItemsPerBatch":2},
       "Iterator":{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}})"),
     kSchema + "Field 'ItemBatcher' is not supported at /States/A"},
    {"ItemsOfOtherTypes",
     one_jsonata_state(R"("Type":"Map","End":true,"Items":"$a","ItemProcessor":{"StartAt":"B","States":{
       "B":{"Type":"Map","Items":5,"Next":"C","ItemProcessor":{"StartAt":"D","States":{"D":{"Type":"Succeed"}}}},
       "C":{"Type":"Map","Items":{"a":1},"End":true,"ItemProcessor":{"StartAt":"E","States":{"E":{"Type":"Succeed"}}}}
       }})"),
     kSchema + "Expected value of type [ARRAY] at /States/A/Items\n" + kSchema +
         "Expected value of type [ARRAY] at /States/A/ItemProcessor/States/B/Items"},
    {"NegativeConcurrency", map(R"("MaxConcurrency":-1)"), kSchema + "Minimum value is 0 at /States/A/MaxConcurrency"},
    {"Percentage", map(R"("ToleratedFailurePercentage":101)"),
     kSchema + "Maximum value is 100.0 at /States/A/ToleratedFailurePercentage"},
    {"PathNoReference", map(R"("MaxConcurrencyPath":"$$.Execution.Input.n")"),
     kSchema + "Value is not a Reference Path at /States/A/MaxConcurrencyPath"},
    {"Mode", map("", R"("Mode":"FAST")"),
     kSchema + "Value should be one of the following: [INLINE, DISTRIBUTED] at "
               "/States/A/ItemProcessor/ProcessorConfig/Mode"},
    {"NoExecutionType", map("", R"("Mode":"DISTRIBUTED")"),
     kSchema + "These fields are required: [ExecutionType] at /States/A/ItemProcessor/ProcessorConfig"},
    {"ExecutionTypeInline", map("", R"("Mode":"INLINE","ExecutionType":"STANDARD")"),
     kSchema + "Field 'ExecutionType' is not supported at /States/A/ItemProcessor/ProcessorConfig"},
    {"DistributedInExpress", map("", R"("Mode":"DISTRIBUTED","ExecutionType":"EXPRESS")"),
     kSchema + "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at "
               "/States/A/ItemProcessor/ProcessorConfig/Mode",
     MachineType::express},
    {"ReaderResource", distributed(R"("ItemReader":{"Resource":"arn:aws:states:::s3:putObject"})"),
     kSchema + "The field 'Resource' does not match any of the allowed values at /States/A/ItemReader/Resource"},
    {"CsvWithoutHeaders", distributed(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
       "ReaderConfig":{"InputType":"CSV"}})"),
     kSchema + "The field 'CSVHeaderLocation' is required at /States/A/ItemReader/ReaderConfig"},
    {"GivenHeadersMissing", distributed(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
       "ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN"}})"),
     kSchema + "These fields are required: [CSVHeaders] at /States/A/ItemReader/ReaderConfig"},
    {"HeadersOfJson", distributed(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
       "ReaderConfig":{"InputType":"JSON","CSVHeaderLocation":"FIRST_ROW"}})"),
     kSchema + "Field 'CSVHeaderLocation' is not supported at /States/A/ItemReader/ReaderConfig"},
    {"MaxItemsTwice", distributed(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
       "ReaderConfig":{"MaxItems":1,"MaxItemsPath":"$.n"}})"),
     kSchema + "There should only be one of the following fields: [MaxItems, MaxItemsPath] at "
               "/States/A/ItemReader/ReaderConfig"},
    {"BatchTooLarge", distributed(R"("ItemBatcher":{"MaxInputBytesPerBatch":262145})"),
     kSchema + "Maximum value is 262144 at /States/A/ItemBatcher/MaxInputBytesPerBatch"},
    {"Transformation", distributed(R"("ResultWriter":{"WriterConfig":{"Transformation":"ZIP"}})"),
     kSchema + "Value should be one of the following: [NONE, COMPACT, FLATTEN] at "
               "/States/A/ResultWriter/WriterConfig/Transformation"},
    {"EmptyLabel", map(R"("Label":"")"), "INVALID_LABEL_NAME: Invalid Label name:  at /States/A/Label"},
    {"LabelWithSpace", map(R"("Label":"a b")"), "INVALID_LABEL_NAME: Invalid Label name: a b at /States/A/Label"},
    {"LabelWithControl", map(R"("Label":"a\u0085")"),
     "INVALID_LABEL_NAME: Invalid Label name: a\xC2\x85 at /States/A/Label"},
    {"LongLabel", map(R"("Label":")" + std::string(41, 'l') + R"(")"),
     "INVALID_LABEL_NAME: Invalid Label name: " + std::string(41, 'l') +
         " exceeds the 40-character limit allowed by the service at /States/A/Label"},
};

std::string machine(std::string_view start, std::string_view states) {
  return fmt::format(R"({{"StartAt":"{}","States":{{{}}}}})", start, states);
}

const Definition kGraphs[] = {
    {"VariableOfAnOuterScope",
     R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"P"},"P":{"Type":"Parallel","End":true,
       "Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x.$":"$.a","y":1},"End":true}}},
                   {"StartAt":"C","States":{"C":{"Type":"Pass","Assign":{"y":2},"End":true}}}]}}})",
     "DUPLICATE_VARIABLE_NAME: The variable name 'x' was already defined in a parent scope. at "
     "/States/P/Branches[0]/States/B/Assign"},
    {"VariableOfAnOuterLoop",
     R"({"StartAt":"M","States":{"M":{"Type":"Map","Next":"L","Catch":[{"ErrorEquals":["e"],"Next":"Z","Assign":{"y":1}}],
       "ItemProcessor":{"StartAt":"N","States":{"N":{"Type":"Map","End":true,"Assign":{"y":1},"ItemProcessor":{
         "StartAt":"C","States":{
           "C":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"D","Assign":{"x":2,"z":1}}]},
           "D":{"Type":"Succeed"}}}}}}},
       "L":{"Type":"Pass","Assign":{"x":1},"Next":"K"},
       "K":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"M"}],"Default":"Z"},
       "Z":{"Type":"Pass","Assign":{"z":1},"End":true}}})",
     "DUPLICATE_VARIABLE_NAME: The variable name 'x' was already defined in a parent scope. at "
     "/States/M/ItemProcessor/States/N/ItemProcessor/States/C/Choices[0]/Assign"},
    {"VariableOfADistributedMap",
     R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"M"},"M":{"Type":"Map","End":true,
       "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"B","States":{
         "B":{"Type":"Pass","Assign":{"x":2},"End":true}}}}}})",
     ""},
    {"Line", machine("A", R"("A":{"Type":"Pass","Next":"B"},"B":{"Type":"Fail"})"), ""},
    {"Loop", machine("A", R"("A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"})"),
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {"LoopAndAnUnreachableEnd",
     machine("A", R"("A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","End":true})"),
     "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C"},
    {"LoopAndAnUnreachableState",
     machine("A", R"("A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","Next":"A"})"),
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {"MissingTargetAndNoEnd", machine("A", R"("A":{"Type":"Pass","Next":"Nope"})"),
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /States/A/Next\n"
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {"MissingTargetLeavesAStateBehind",
     machine("a", R"("a":{"Type":"Pass","Next":"c"},"b":{"Type":"Pass","End":true})"),
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: c at /States/a/Next\n"
     "MISSING_TRANSITION_TARGET: State \"b\" is not reachable. at /States/b"},
    {"MissingStart", machine("B", R"("A":{"Type":"Succeed"})"),
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt\n"
     "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at /States/A"},
    {"MissingRuleAndDefault",
     machine("C", R"("C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"X"}],"Default":"Y"},
       "D":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true,
       "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Z"}]})"),
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/C/Choices[0]/Next\n"
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/C/Default\n"
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/D/Catch[0]/Next\n"
     "MISSING_TRANSITION_TARGET: State \"D\" is not reachable. at /States/D"},
    {"ReachedByCatch",
     machine("A", R"("A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true,
       "Catch":[{"ErrorEquals":["X"],"Next":"B"}]},"B":{"Type":"Succeed"})"),
     ""},
    {"TargetInAnotherBlock",
     machine("A", R"("A":{"Type":"Parallel","Next":"B","Branches":[{"StartAt":"X","States":{"X":{"Type":"Pass",
       "Next":"B"}}}]},"B":{"Type":"Succeed"})"),
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Branches[0]/States/X/Next"},
    {"UnreachableBelow",
     machine("A", R"("A":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Succeed"},
       "Y":{"Type":"Succeed"}}}})"),
     "MISSING_TRANSITION_TARGET: State \"Y\" is not reachable. at /States/A/ItemProcessor/States/Y"},
    {"LoopBelow",
     machine("A", R"("A":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass",
       "Next":"Y"},"Y":{"Type":"Pass","Next":"X"}}}})"),
     ""},
    {"DuplicateName",
     machine("A",
             R"("A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}]})"),
     "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A"},
    {"NameWithASlash", machine("A", R"("A":{"Type":"Succeed"},"a/b":{"Type":"Succeed"})"),
     "MISSING_TRANSITION_TARGET: State \"a/b\" is not reachable. at /States/a/b"},
    {"LongName", machine(std::string(81, 'n'), "\"" + std::string(81, 'n') + R"(":{"Type":"Succeed"})"),
     "INVALID_STATE_NAME: Invalid State name: " + std::string(81, 'n') +
         " exceeds the 80-character limit allowed by the service at /States/" + std::string(81, 'n')},
    {"LongestName", machine(std::string(79, 'n') + "ü", "\"" + std::string(79, 'n') + R"(ü":{"Type":"Succeed"})"), ""},
    {"DuplicateLabel",
     machine("A",
             R"("A":{"Type":"Map","Label":"l","Next":"B","Iterator":{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}},
       "B":{"Type":"Map","Label":"l","End":true,"Iterator":{"StartAt":"Y","States":{"Y":{"Type":"Succeed"}}}})"),
     "DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/B/Label"},
    {"FormComesFirst", machine("A", R"("A":{"Type":"Pass","Next":"Nope","Foo":1})"),
     kSchema + "Field 'Foo' is not supported at /States/A"},
};

INSTANTIATE_TEST_SUITE_P(Form, Validates, testing::ValuesIn(kForm), name_of);
INSTANTIATE_TEST_SUITE_P(Fields, Validates, testing::ValuesIn(kFields), name_of);
INSTANTIATE_TEST_SUITE_P(Paths, Validates, testing::ValuesIn(kPaths), name_of);
INSTANTIATE_TEST_SUITE_P(Choices, Validates, testing::ValuesIn(kChoices), name_of);
INSTANTIATE_TEST_SUITE_P(Tasks, Validates, testing::ValuesIn(kTasks), name_of);
INSTANTIATE_TEST_SUITE_P(Maps, Validates, testing::ValuesIn(kMaps), name_of);
INSTANTIATE_TEST_SUITE_P(Graphs, Validates, testing::ValuesIn(kGraphs), name_of);

// Every combination of a state type and a field that only some types take (spec §1.2).
TEST(StateFields, RefuseWhatTheTypeDoesNotTake) {
  const std::map<std::string, std::string> states = {
      {"Pass", R"("Type":"Pass","End":true)"},
      {"Wait", R"("Type":"Wait","Seconds":1,"End":true)"},
      {"Choice", R"("Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"A"}])"},
      {"Succeed", R"("Type":"Succeed")"},
      {"Fail", R"("Type":"Fail")"},
      {"Map", R"("Type":"Map","End":true,"Iterator":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}})"},
      {"Parallel", R"("Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}])"},
  };
  const std::vector<std::pair<std::string, std::string>> fields = {
      {"TimeoutSeconds", "5"},
      {"Catch", R"([{"ErrorEquals":["States.ALL"],"Next":"A"}])"},
      {"Retry", R"([{"ErrorEquals":["States.ALL"]}])"},
  };
  std::size_t refused = 0;
  for (const auto& [type, text] : states) {
    for (const auto& [field, value] : fields) {
      const auto diagnostics =
          validate(one_state(fmt::format(R"({},"{}":{})", text, field, value)), MachineType::standard);
      const bool taken = field != "TimeoutSeconds" && (type == "Map" || type == "Parallel");
      if (taken) continue;
      ++refused;
      EXPECT_EQ(lines_of(diagnostics), fmt::format("{}Field '{}' is not supported at /States/A", kSchema, field))
          << type;
    }
  }
  EXPECT_EQ(refused, 17U);
}

TEST(InvalidDefinition, ListsErrorsInOneMessage) {
  const auto diagnostics =
      validate(machine("A", R"("A":{"Type":"Pass","Next":"Nope","Parameters":{"a":"$.b"}})"), MachineType::standard);
  ASSERT_EQ(diagnostics.size(), 3U);
  EXPECT_EQ(invalid_definition_message(diagnostics),
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at "
            "/States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'");
}

std::string nested(std::size_t depth) {
  std::string text = R"({"Type":"Succeed"})";
  for (std::size_t i = depth; i > 0; --i) {
    text = fmt::format(R"({{"Type":"Parallel","End":true,"Branches":[{{"StartAt":"S{}","States":{{"S{}":{}}}}}]}})", i,
                       i, text);
  }
  return machine("S0", "\"S0\":" + text);
}

TEST(Bounds, HoldForNestedBlocks) {
  EXPECT_EQ(lines_of(validate(nested(50), MachineType::standard)), "");
  const auto diagnostics = validate(nested(51), MachineType::standard);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "TOO_DEEPLY_NESTED");
}

TEST(Bounds, HoldForNestedValues) {
  const std::string deep = std::string(300, '[') + std::string(300, ']');
  const auto diagnostics = validate(one_state(R"("Type":"Pass","End":true,"Result":)" + deep), MachineType::standard);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "INVALID_JSON_DESCRIPTION");
}

TEST(Bounds, HoldForTheNumberOfDiagnostics) {
  std::string states;
  for (int i = 0; i < 5000; ++i) states += fmt::format(R"("S{}":{{"Type":"Pass"}},)", i);
  states.pop_back();
  EXPECT_EQ(validate(machine("S0", states), MachineType::standard).size(), 1000U);
}

}  // namespace
}  // namespace stepwell::asl
