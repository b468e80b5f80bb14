#include "services/lambda/event_sources/sqs_records.h"

#include "lang/json/parse.h"

#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::lambda {
namespace {

class SqsRecordsTest : public testing::Test {
 protected:
  SqsRecord record(std::string_view body, std::string_view attributes = "{}") {
    json::Arena arena;
    const std::string text = fmt::format(
        R"({{"MessageId":"m1","ReceiptHandle":"h","Body":{},"MD5OfBody":"d","Attributes":{{"ApproximateReceiveCount":"1"}},"MessageAttributes":{}}})",
        body, attributes);
    return make_record(*json::parse(arena, text), "arn:aws:sqs:us-east-1:123456789012:q", "us-east-1");
  }
  bool fits_one(std::string_view pattern, std::string_view body) {
    const auto compiled = event_pattern::compile(pattern, event_pattern::Dialect::event_bus);
    EXPECT_TRUE(compiled) << pattern;
    return fits(record(body), std::span(&*compiled, 1));
  }
};

TEST_F(SqsRecordsTest, HasTheShapeThatFunctionsKnow) {
  EXPECT_EQ(
      record(R"("b")", R"({"n":{"DataType":"Number","StringValue":"1"}})").text,
      R"({"messageId":"m1","receiptHandle":"h","body":"b","attributes":{"ApproximateReceiveCount":"1"},"messageAttributes":{"n":{"stringValue":"1","stringListValues":[],"binaryListValues":[],"dataType":"Number"}},"md5OfBody":"d","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:q","awsRegion":"us-east-1"})");
}

TEST_F(SqsRecordsTest, EventsHoldRecordsInTheirOrder) {
  const std::vector<SqsRecord> records = {{"1", "h", "{\"a\":1}"}, {"2", "h", "{\"a\":2}"}};
  EXPECT_EQ(make_event(records), R"({"Records":[{"a":1},{"a":2}]})");
}

TEST_F(SqsRecordsTest, FiltersSeeABodyAsJsonWhereItIsThat) {
  constexpr std::string_view pattern = R"({"body":{"kind":["order"],"n":[{"numeric":[">",3]}]}})";
  EXPECT_TRUE(fits_one(pattern, R"("{\"kind\":\"order\",\"n\":4}")"));
  EXPECT_FALSE(fits_one(pattern, R"("{\"kind\":\"order\",\"n\":3}")"));
  EXPECT_FALSE(fits_one(pattern, R"("order")"));
  EXPECT_TRUE(fits_one(R"({"body":["order"]})", R"("order")"));
  EXPECT_TRUE(fits_one(R"({"attributes":{"ApproximateReceiveCount":["1"]}})", R"("x")"));
}

TEST_F(SqsRecordsTest, FailuresAreThoseThatAreNamed) {
  const std::vector<SqsRecord> records = {{"1", "h", "{}"}, {"2", "h", "{}"}};
  using Ids = std::set<std::string>;
  for (const char* none :
       {"", "null", "{}", R"({"batchItemFailures":[]})", R"({"batchItemFailures":null})", "\"done\""}) {
    EXPECT_EQ(read_failures(none, records), Ids{}) << none;
  }
  EXPECT_EQ(read_failures(R"({"batchItemFailures":[{"itemIdentifier":"2"}]})", records), Ids{"2"});
  for (const char* all : {"{", R"({"batchItemFailures":1})", R"({"batchItemFailures":[{"itemIdentifier":"3"}]})",
                          R"({"batchItemFailures":[{}]})"}) {
    EXPECT_EQ(read_failures(all, records), std::nullopt) << all;
  }
}

}  // namespace
}  // namespace stepwell::lambda
