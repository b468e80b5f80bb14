// Hints, places and reports: what people see of diagnostics; and Jackson's words.
#include "lang/asl/validation/jackson.h"
#include "lang/asl/validation/report.h"
#include "lang/json/parse.h"
#include "validation_fixture.h"

namespace stepwell::asl {
namespace {

struct Hinted {
  const char* name;
  std::string text;
  std::string hint;
  std::string pointer;
};

class Hints : public testing::TestWithParam<Hinted> {};

TEST_P(Hints, SayWhatToDo) {
  const auto diagnostics = validate(GetParam().text, MachineType::standard);
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics[0].hint, GetParam().hint);
  EXPECT_EQ(diagnostics[0].pointer, GetParam().pointer);
  EXPECT_TRUE(json::locate(GetParam().text, diagnostics[0].pointer).has_value());
}

const Hinted kHints[] = {
    {"Field", one_state(R"("Type":"Pass","nxt":"A","End":true)"), "did you mean 'Next'?", "/States/A/nxt"},
    {"SwappedLetters", one_state(R"("Type":"Pass","End":true,"Assgin":{})"), "did you mean 'Assign'?",
     "/States/A/Assgin"},
    {"FieldOfAnotherType", one_state(R"("Type":"Pass","End":true,"Catch":[])"),
     "it belongs to states of type Map, Parallel, Task", "/States/A/Catch"},
    {"NothingNear", one_state(R"("Type":"Pass","End":true,"Foo":1)"), "", "/States/A/Foo"},
    {"Type", one_state(R"("Type":"Suceed")"), "did you mean 'Succeed'?", "/States/A/Type"},
    {"Target", R"({"StartAt":"Ship it","States":{"Ship  it":{"Type":"Succeed"}}})", "did you mean 'Ship  it'?",
     "/StartAt"},
    {"TargetElsewhere", R"({"StartAt":"B","States":{"A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B",
       "States":{"B":{"Type":"Succeed"}}}]}}})",
     "the state stands in another block; a transition stays within its own", "/StartAt"},
    {"Action", one_state(R"("Type":"Task","End":true,"Resource":"arn:aws:states:::dynamodb:putItme","Parameters":{})"),
     "did you mean 'putItem'?", "/States/A/Resource"},
    {"SdkAction", one_state(R"("Type":"Task","End":true,"Resource":"arn:aws:states:::dynamodb:query","Parameters":{})"),
     "the AWS SDK integration reaches it: arn:aws:states:::aws-sdk:dynamodb:query", "/States/A/Resource"},
    {"PointerEscapes", R"({"StartAt":"a/~b","States":{"a/~b":{"Type":"Pass"}}})", "", "/States/a~1~0b"},
    {"DuplicateName", R"({"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A",
       "States":{"A":{"Type":"Succeed"}}}]}}})",
     "the name is taken at /States/A", "/States/A/Branches/0/States/A"},
};

INSTANTIATE_TEST_SUITE_P(All, Hints, testing::ValuesIn(kHints),
                         [](const testing::TestParamInfo<Hinted>& info) { return std::string(info.param.name); });

TEST(Report, NamesFileLineAndColumn) {
  const std::string text = R"({
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Pass",
      "Next": "Bee",
      "Parameters": {"x": "$.y"}
    },
    "Bea": {"Type": "Succeed"}
  }
})";
  EXPECT_EQ(report("order.asl.json", text, validate(text, MachineType::standard)),
            "order.asl.json:7:27: warning NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic "
            "Function. ('x.$' is evaluated, 'x' is a constant)\n"
            "order.asl.json:6:15: error MISSING_TRANSITION_TARGET: Missing 'Next' target: Bee (did you mean 'Bea'?)\n"
            "order.asl.json:9:12: error MISSING_TRANSITION_TARGET: State \"Bea\" is not reachable.\n");
}

TEST(Report, ShowsControlCharactersEscaped) {
  const std::string text = R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"\u001b[2J\n"}}})";
  EXPECT_TRUE(report("m.json", text, validate(text, MachineType::standard))
                  .starts_with("m.json:1:52: error MISSING_TRANSITION_TARGET: Missing 'Next' target: "
                               "\\u001b[2J\\u000a\n"));
}

TEST(Report, NamesThePlaceOfTheFaultInWhatIsNoJson) {
  const std::string text = "{\n  \"StartAt\": x\n}";
  const std::string shown = report("m.json", text, validate(text, MachineType::standard));
  EXPECT_TRUE(
      shown.starts_with("m.json:2:14: error INVALID_JSON_DESCRIPTION: Unrecognized token 'x': was expecting "
                        "(JSON String, Number, Array, Object or token 'null', 'true' or 'false') ("))
      << shown;
}

TEST(NotJson, IsDescribedInTheWordsOfJackson) {
  const auto diagnostics = validate("not a definition", MachineType::standard);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "INVALID_JSON_DESCRIPTION");
  EXPECT_EQ(diagnostics[0].location, "[Source: (String)\"not a definition\"; line: 1, column: 4]");
  EXPECT_EQ(diagnostics[0].message,
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or "
            "'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]");
}

struct Faulty {
  const char* name;
  std::string text;
  std::string message;
  std::string place;
};

class Jackson : public testing::TestWithParam<Faulty> {};

TEST_P(Jackson, NamesTheFirstFault) {
  const auto error = jackson_error(GetParam().text);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, GetParam().message);
  EXPECT_TRUE(error->location.ends_with(GetParam().place)) << error->location;
}

const std::string kValues = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

const Faulty kFaults[] = {
    {"SingleQuotes", "{'not': 'json'}",
     "Unexpected character (''' (code 39)): was expecting double-quote to start field name", "line: 1, column: 3]"},
    {"NoComma", R"({"a":1 "b":2})",
     "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", "line: 1, column: 9]"},
    {"NoCommaInArray", "[1\n2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
     "line: 2, column: 2]"},
    {"NoColon", R"({"a" 1})",
     "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
     "line: 1, column: 7]"},
    {"CommaAtTheEnd", R"({"a":1,})",
     "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", "line: 1, column: 9]"},
    {"NoValue", "[,]", "Unexpected character (',' (code 44)): expected a valid value " + kValues,
     "line: 1, column: 3]"},
    {"WrongMarker", R"({"a":1])",
     R"x(Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)"{"a":1]"; line: 1, column: 1]))x",
     "line: 1, column: 8]"},
    {"Unclosed", "[1",
     R"x(Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"[1"; line: 1, column: 1]))x",
     "line: 1, column: 3]"},
    {"UnclosedString", R"({"a":"b)", "Unexpected end-of-input: was expecting closing quote for a string value",
     "line: 1, column: 8]"},
    {"AfterTheColon", R"({"a":)", "Unexpected end-of-input within/between Object entries", "line: 1, column: 6]"},
    {"LeadingZero", "[01]", "Invalid numeric value: Leading zeroes not allowed", "line: 1, column: 4]"},
    {"Minus", "[-a]",
     "Unexpected character ('a' (code 97)) in numeric value: expected digit (0-9) to follow minus sign, for valid "
     "numeric value",
     "line: 1, column: 4]"},
    {"Escape", R"(["\x"])", "Unrecognized character escape 'x' (code 120)", "line: 1, column: 5]"},
    {"LineEndInString", "[\"a\nb\"]",
     "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string "
     "value",
     "line: 2, column: 1]"},
    {"NotAscii", "[€]", "Unrecognized token '€': was expecting " + kValues, "line: 1, column: 3]"},
    {"WordGoesOn", "[nullx]", "Unrecognized token 'nullx': was expecting " + kValues, "line: 1, column: 7]"},
    {"LongTextIsCut", "x" + std::string(600, ' '), "Unrecognized token 'x': was expecting " + kValues,
     "\"[truncated 101 chars]; line: 1, column: 2]"},
};

INSTANTIATE_TEST_SUITE_P(All, Jackson, testing::ValuesIn(kFaults),
                         [](const testing::TestParamInfo<Faulty>& info) { return std::string(info.param.name); });

TEST(JacksonError, FindsNothingInJsonAndSaysNothingOfOtherBytes) {
  EXPECT_FALSE(jackson_error("[\xFF\xFF\xFF]").has_value());
  EXPECT_FALSE(jackson_error(R"( {"a":[1,-2.5e3,"\u00e9\n",null,true,{}]} )").has_value());
}

}  // namespace
}  // namespace stepwell::asl
