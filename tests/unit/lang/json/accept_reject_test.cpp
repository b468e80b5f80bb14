// The grammar of RFC 8259 as tables: what is accepted and what is rejected.
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

using namespace std::string_literals;

struct Accepted {
  const char* name;
  std::string text;
  std::string printed;
};

struct Rejected {
  const char* name;
  std::string text;
  std::size_t offset;
  const char* message;
};

class Accepts : public testing::TestWithParam<Accepted> {};
class Rejects : public testing::TestWithParam<Rejected> {};

TEST_P(Accepts, AndPrints) {
  Arena arena;
  const auto value = parse(arena, GetParam().text);
  ASSERT_TRUE(value) << value.error().message << " at " << value.error().offset;
  EXPECT_EQ(print(*value), GetParam().printed);
}

TEST_P(Rejects, WithPlaceAndReason) {
  Arena arena;
  // Exactly sized, so that the address sanitizer sees a read behind the end.
  const std::vector<char> text(GetParam().text.begin(), GetParam().text.end());
  const auto value = parse(arena, {text.data(), text.size()});
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().message, GetParam().message);
  EXPECT_EQ(value.error().offset, GetParam().offset);
}

template <typename Case>
std::string name_of(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

const Accepted kStructure[] = {
    {"EmptyArray", "[]", "[]"},
    {"EmptyArrayWithSpace", "[ \t\r\n]", "[]"},
    {"EmptyObject", "{}", "{}"},
    {"EmptyObjectWithSpace", "{ \n }", "{}"},
    {"EmptyKey", R"({"":0})", R"({"":0})"},
    {"LonelyString", R"("a")", R"("a")"},
    {"LonelyEmptyString", R"("")", R"("")"},
    {"LonelyNumber", "42", "42"},
    {"LonelyNegative", "-0.1", "-0.1"},
    {"LonelyTrue", "true", "true"},
    {"LonelyFalse", "false", "false"},
    {"LonelyNull", "null", "null"},
    {"SpaceAround", " \n\t\r[ 1 , 2 ] \n", "[1,2]"},
    {"DeepIndentation", "[\n                   1\n                 ]", "[1]"},
    {"SpaceInObject", "{ \"a\" : 1 , \"b\" : { } }", R"({"a":1,"b":{}})"},
    {"Mixed", R"([null,1,"1",{},[],true,false])", R"([null,1,"1",{},[],true,false])"},
    {"NestedArrays", "[[[]],[[],[]]]", "[[[]],[[],[]]]"},
    {"NestedObjects", R"({"a":{"b":{"c":[{}]}}})", R"({"a":{"b":{"c":[{}]}}})"},
    {"DuplicateKey", R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})"},
    {"DuplicateKeyByEscape", R"({"a":1,"\u0061":2})", R"({"a":2})"},
    {"DuplicateEmptyKey", R"({"":1,"":2})", R"({"":2})"},
    {"DuplicateKeyThrice", R"({"a":1,"a":{},"a":[]})", R"({"a":[]})"},
};
INSTANTIATE_TEST_SUITE_P(Structure, Accepts, testing::ValuesIn(kStructure), name_of<Accepted>);

const Accepted kNumbers[] = {
    {"Zero", "0", "0"},
    {"MinusZero", "-0", "-0"},
    {"Fraction", "1.50", "1.50"},
    {"ZeroFraction", "0.0", "0.0"},
    {"Exponent", "1e5", "1e5"},
    {"ExponentUpper", "1E22", "1E22"},
    {"ExponentPlus", "1e+2", "1e+2"},
    {"ExponentMinus", "123.456e-78", "123.456e-78"},
    {"ExponentLeadingZero", "1e-01", "1e-01"},
    {"ZeroExponent", "0e+1", "0e+1"},
    {"Huge", "123e65536", "123e65536"},
    {"Tiny", "1e-400", "1e-400"},
    {"Beyond64Bits", "123456789012345678901234567890", "123456789012345678901234567890"},
    {"ManyDigits", "0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
    {"InArray", "[-1,2.0,3e0]", "[-1,2.0,3e0]"},
};
INSTANTIATE_TEST_SUITE_P(Numbers, Accepts, testing::ValuesIn(kNumbers), name_of<Accepted>);

const Accepted kStrings[] = {
    {"Escapes", R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")"},
    {"UnicodeEscape", R"("\u00e9\u20AC")", "\"\u00e9\u20AC\""},
    {"ControlEscapes", R"("\u0000\u0001\u001F\u007f")", "\"\\u0000\\u0001\\u001f\x7f\""},
    {"SurrogatePair", R"("\ud834\uDD1E")", "\"\U0001D11E\""},
    {"LowestPair", R"("\uD800\uDC00")", "\"\U00010000\""},
    {"HighestPair", R"("\uDBFF\uDFFF")", "\"\U0010FFFF\""},
    {"NextToSurrogates", R"("\uD7FF\uE000")", "\"\uD7FF\uE000\""},
    {"Nonbmp", "\"\U0001F600\"", "\"\U0001F600\""},
    {"Noncharacter", "\"\uFFFF\U0010FFFE\"", "\"\uFFFF\U0010FFFE\""},
    {"Delete", "\"a\x7f\"", "\"a\x7f\""},
    {"LineSeparators", "\"\u2028\u2029\"", "\"\u2028\u2029\""},
    {"MarkInside", "\"\uFEFF\"", "\"\uFEFF\""},
    {"EscapedSolidus", R"("a\/b")", R"("a/b")"},
    {"DoubleEscape", R"("\\u0041\\n")", R"("\\u0041\\n")"},
    {"TextBetweenEscapes", R"("one two three\tfour five six\nseven")", R"("one two three\tfour five six\nseven")"},
    {"Comment", R"("/*not a comment*/")", R"("/*not a comment*/")"},
    {"KeyWithEscape", R"({"a\nb":1})", R"({"a\nb":1})"},
};
INSTANTIATE_TEST_SUITE_P(Strings, Accepts, testing::ValuesIn(kStrings), name_of<Accepted>);

const Rejected kBadStructure[] = {
    {"Empty", "", 0, "Unexpected end of the text, expected a value"},
    {"OnlySpace", " \n", 2, "Unexpected end of the text, expected a value"},
    {"Nul", "\0"s, 0, "Unexpected byte 0x00, expected a value"},
    {"NulBehind", "1\0"s, 1, "Unexpected byte 0x00, expected the end of the text"},
    {"ByteOrderMark", "\xEF\xBB\xBF{}", 0, "Unexpected byte-order mark, expected a value"},
    {"LoneMarkByte", "\xEF", 0, "Unexpected byte 0xEF, expected a value"},
    {"Utf16", "\xFF\xFE[\0]\0"s, 0, "Unexpected byte 0xFF, expected a value"},
    {"FormFeed", "[\f]", 1, "Unexpected byte 0x0C, expected a value"},
    {"NoBreakSpace", "[\xC2\xA0]", 1, "Unexpected byte 0xC2, expected a value"},
    {"TwoValues", "1 2", 2, "Unexpected character '2', expected the end of the text"},
    {"TrailingBracket", "[]]", 2, "Unexpected character ']', expected the end of the text"},
    {"TrailingComment", "{} // x", 3, "Unexpected character '/', expected the end of the text"},
    {"Comment", "/**/1", 0, "Unexpected character '/', expected a value"},
    {"Word", "abc", 0, "Unexpected character 'a', expected a value"},
    {"ShortTrue", "tru", 0, "Unexpected character 't', expected a value"},
    {"LongTrue", "truee", 4, "Unexpected character 'e', expected the end of the text"},
    {"UpperNull", "NULL", 0, "Unexpected character 'N', expected a value"},
    {"ShortNull", "[nul]", 1, "Unexpected character 'n', expected a value"},
    {"WrongFalse", "fals3", 0, "Unexpected character 'f', expected a value"},
    {"SingleQuotes", "['a']", 1, "Unexpected character ''', expected a value"},
    {"OpenArray", "[", 1, "Unexpected end of the text, expected a value"},
    {"OpenArrayWithValue", "[1", 2, "Unexpected end of the text, expected ',' or ']'"},
    {"OpenArrayWithComma", "[1,", 3, "Unexpected end of the text, expected a value"},
    {"TrailingCommaInArray", "[1,]", 3, "Unexpected character ']', expected a value"},
    {"DoubleComma", "[1,,2]", 3, "Unexpected character ',', expected a value"},
    {"LeadingComma", "[,1]", 1, "Unexpected character ',', expected a value"},
    {"MissingComma", "[1 2]", 3, "Unexpected character '2', expected ',' or ']'"},
    {"ColonInArray", R"(["a":1])", 4, "Unexpected character ':', expected ',' or ']'"},
    {"ArrayClosedAsObject", "[1}", 2, "Unexpected character '}', expected ',' or ']'"},
    {"ClosedOnly", "]", 0, "Unexpected character ']', expected a value"},
    {"OpenObject", "{", 1, "Unexpected end of the text, expected a key in quotation marks"},
    {"OpenObjectWithKey", R"({"a")", 4, "Unexpected end of the text, expected ':'"},
    {"OpenObjectWithColon", R"({"a":)", 5, "Unexpected end of the text, expected a value"},
    {"OpenObjectWithValue", R"({"a":1)", 6, "Unexpected end of the text, expected ',' or '}'"},
    {"TrailingCommaInObject", R"({"a":1,})", 7, "Unexpected character '}', expected a key in quotation marks"},
    {"BareKey", "{a:1}", 1, "Unexpected character 'a', expected a key in quotation marks"},
    {"NumberAsKey", "{1:1}", 1, "Unexpected character '1', expected a key in quotation marks"},
    {"MissingColon", R"({"a" 1})", 5, "Unexpected character '1', expected ':'"},
    {"MissingValue", R"({"a":})", 5, "Unexpected character '}', expected a value"},
    {"ObjectClosedAsArray", R"({"a":1])", 6, "Unexpected character ']', expected ',' or '}'"},
    {"DoubleColon", R"({"a"::1})", 5, "Unexpected character ':', expected a value"},
};
INSTANTIATE_TEST_SUITE_P(Structure, Rejects, testing::ValuesIn(kBadStructure), name_of<Rejected>);

const Rejected kBadNumbers[] = {
    {"Plus", "+1", 0, "Unexpected character '+', expected a value"},
    {"MinusAlone", "-", 1, "Unexpected end of the text, expected a digit"},
    {"MinusLetter", "-x", 1, "Unexpected character 'x', expected a digit"},
    {"DoubleMinus", "--1", 1, "Unexpected character '-', expected a digit"},
    {"LeadingZero", "012", 1, "Unexpected digit behind a leading zero"},
    {"NegativeLeadingZero", "-00", 2, "Unexpected digit behind a leading zero"},
    {"PointFirst", ".5", 0, "Unexpected character '.', expected a value"},
    {"PointLast", "1.", 2, "Unexpected end of the text, expected a digit"},
    {"PointThenExponent", "1.e5", 2, "Unexpected character 'e', expected a digit"},
    {"MinusPoint", "-.5", 1, "Unexpected character '.', expected a digit"},
    {"TwoPoints", "1.2.3", 3, "Unexpected character '.', expected the end of the text"},
    {"EmptyExponent", "1e", 2, "Unexpected end of the text, expected a digit"},
    {"EmptySignedExponent", "[1e+]", 4, "Unexpected character ']', expected a digit"},
    {"DoubleExponent", "1e2e3", 3, "Unexpected character 'e', expected the end of the text"},
    {"FractionInExponent", "1e0.5", 3, "Unexpected character '.', expected the end of the text"},
    {"Hex", "0x1", 1, "Unexpected character 'x', expected the end of the text"},
    {"Infinity", "Infinity", 0, "Unexpected character 'I', expected a value"},
    {"MinusInfinity", "-Infinity", 1, "Unexpected character 'I', expected a digit"},
    {"NotANumber", "NaN", 0, "Unexpected character 'N', expected a value"},
    {"Separator", "1_000", 1, "Unexpected character '_', expected the end of the text"},
    {"FullWidthDigit", "[\xEF\xBC\x91]", 1, "Unexpected byte 0xEF, expected a value"},
};
INSTANTIATE_TEST_SUITE_P(Numbers, Rejects, testing::ValuesIn(kBadNumbers), name_of<Rejected>);

constexpr char kEndInString[] = "Unexpected end of the text in a string";
constexpr char kControl[] = "Unescaped control character in a string";
constexpr char kBadEscape[] = "Invalid escape in a string";
constexpr char kBadUnicodeEscape[] = "Invalid \\u escape in a string";
constexpr char kLoneSurrogate[] = "Lone surrogate in a string";
constexpr char kBadUtf8[] = "Invalid UTF-8 in a string";

const Rejected kBadStrings[] = {
    {"Open", R"("abc)", 4, kEndInString},
    {"OpenLong", R"("abcdefghijklmnop)", 17, kEndInString},
    {"OpenAtEscape", R"("abc\)", 5, kEndInString},
    {"OpenBehindEscape", R"("abc\")", 6, kEndInString},
    {"OpenKey", R"({"a)", 3, kEndInString},
    {"Newline", "\"a\nb\"", 2, kControl},
    {"Tab", "\"\t\"", 1, kControl},
    {"NulInside", "\"a\0b\""s, 2, kControl},
    {"UnitSeparatorInLongText", "\"0123456789\x1f\"", 11, kControl},
    {"UnknownEscape", R"("\x41")", 1, kBadEscape},
    {"EscapedApostrophe", R"("\'")", 1, kBadEscape},
    {"EscapedNul", "\"\\\0\""s, 1, kBadEscape},
    {"EscapedNewline", "\"\\\n\"", 1, kBadEscape},
    {"EscapedUpperU", R"("\U0041")", 1, kBadEscape},
    {"EscapedEmoji", "\"\\\U0001F600\"", 1, kBadEscape},
    {"ShortUnicode", R"("\u004")", 1, kBadUnicodeEscape},
    {"ShorterUnicode", R"("\u)", 1, kBadUnicodeEscape},
    {"NoHex", R"("\u00g0")", 1, kBadUnicodeEscape},
    {"SignedHex", R"("\u+041")", 1, kBadUnicodeEscape},
    {"LoneHigh", R"("\uD800")", 1, kLoneSurrogate},
    {"LoneHighThenText", R"("ab\uDBFFx")", 3, kLoneSurrogate},
    {"LoneHighThenEscape", R"("\uD800\n")", 1, kLoneSurrogate},
    {"LoneLow", R"("\uDC00")", 1, kLoneSurrogate},
    {"HighHigh", R"("\uD800\uD800")", 1, kLoneSurrogate},
    {"HighThenLetter", R"("\uD800\u0041")", 1, kLoneSurrogate},
    {"LowHigh", R"("\uDFFF\uD800")", 1, kLoneSurrogate},
    {"HighThenShort", R"("\uD800\uDC0")", 7, kBadUnicodeEscape},
    {"HighThenEnd", R"("\uD800\)", 1, kLoneSurrogate},
    {"Latin1", "\"\xE9\"", 1, kBadUtf8},
    {"StrayContinuation", "\"ab\x80\"", 3, kBadUtf8},
    {"CutTwo", "\"\xC3\"", 1, kBadUtf8},
    {"CutThreeAtEnd", "\"\xE2\x82", 1, kBadUtf8},
    {"Overlong", "\"\xC0\xAF\"", 1, kBadUtf8},
    {"EncodedSurrogate", "\"\xED\xA0\x80\"", 1, kBadUtf8},
    {"BeyondUnicode", "\"\xF4\x90\x80\x80\"", 1, kBadUtf8},
    {"InKey", "{\"\xFF\":1}", 2, kBadUtf8},
    {"BehindEscape", "\"\\n0123456789\xFF\"", 13, kBadUtf8},
};
INSTANTIATE_TEST_SUITE_P(Strings, Rejects, testing::ValuesIn(kBadStrings), name_of<Rejected>);

// Every beginning of a document is rejected without a look behind its end.
TEST(Reject, EveryBeginning) {
  const std::string text =
      "{\"k\u00e9y\\u0041\": [1.5e+3, -0, true, false, null, \"\\ud83d\\ude00 \U0001F600\"], \"x\": {}}";
  for (std::size_t length = 0; length < text.size(); ++length) {
    const std::vector<char> beginning(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length));
    Arena arena;
    const auto value = parse(arena, {beginning.data(), beginning.size()});
    ASSERT_FALSE(value) << length;
    EXPECT_LE(value.error().offset, length);
  }
  Arena arena;
  EXPECT_TRUE(parse(arena, text));
}

}  // namespace
}  // namespace stepwell::json
