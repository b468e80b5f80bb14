#include "services/sqs/model.h"

#include "lang/json/parse.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/names.h"
#include "services/sqs/receipts.h"
#include "services/sqs/sequences.h"

#include <gtest/gtest.h>

namespace stepwell::sqs {
namespace {

TEST(SqsModel, HasEveryOperationInBothProtocols) {
  EXPECT_EQ(model().operations().size(), 23U);
  EXPECT_TRUE(model().speaks(wire::Protocol::aws_json));
  EXPECT_TRUE(model().speaks(wire::Protocol::aws_query));
  EXPECT_EQ(model().exception("AWS.SimpleQueueService.NonExistentQueue")->name, "QueueDoesNotExist");
  EXPECT_EQ(model().shape("TagMap")->key_name, "Key");
}

TEST(SqsNames, OfAUrlThePathCounts) {
  const wire::Caller caller{.account = "123456789012", .region = "eu-west-1"};
  for (const char* url : {"http://here:4600/123456789012/q", "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
                          "/123456789012/q", "http://here/123456789012/q/"}) {
    EXPECT_EQ(arn_of_url(caller, url), "arn:aws:sqs:eu-west-1:123456789012:q") << url;
  }
  for (const char* url : {"", "q", "http://here", "http://here/q", "http://here/12/q", "/", "//q", "http://here/x/"}) {
    EXPECT_FALSE(arn_of_url(caller, url)) << url;
  }
}

TEST(SqsNames, UrlsLeadToWhereTheCallerHasBeen) {
  wire::Caller caller{.account = "1", .region = "eu-west-1", .is_secure = false, .host = "localhost:4600"};
  EXPECT_EQ(url_of(caller, "", "arn:aws:sqs:eu-west-1:123456789012:q"), "http://localhost:4600/123456789012/q");
  caller.is_secure = true;
  EXPECT_EQ(url_of(caller, "", "arn:aws:sqs:eu-west-1:123456789012:q"), "https://localhost:4600/123456789012/q");
  caller.host.clear();
  EXPECT_EQ(url_of(caller, "http://own/", "arn:aws:sqs:eu-west-1:123456789012:q"), "http://own/123456789012/q");
}

TEST(SqsReceipts, AreReadBackAndNothingElseIs) {
  const std::string handle = receipt_handle({.queue = 7, .sequence = 8, .receives = 9});
  const auto receipt = read_receipt_handle(handle);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(std::tuple(receipt->queue, receipt->sequence, receipt->receives), std::tuple(7U, 8U, 9U));
  for (std::size_t i = 0; i < handle.size(); ++i) {
    std::string changed = handle;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(read_receipt_handle(changed)) << i;
  }
  for (const char* text : {"", "x", "AAAA"}) EXPECT_FALSE(read_receipt_handle(text)) << text;
}

TEST(SqsSequences, HaveTwentyDigitsInOrder) {
  EXPECT_EQ(sequence_number(first_sequence(Timestamp{})), "10000000000000000000");
  EXPECT_LT(sequence_number(first_sequence(Timestamp{Duration{1'700'000'000'000}})),
            sequence_number(first_sequence(Timestamp{Duration{1'700'000'000'001}})));
}

// As AWS has answered them.
TEST(SqsMessageAttributes, HaveKnownDigests) {
  json::Arena arena;
  const auto digest = [&](std::string_view text) { return attributes_digest(*json::parse(arena, text)); };
  EXPECT_EQ(digest("{}"), "");
  EXPECT_EQ(digest(R"({"Foo":{"StringValue":"Bar","DataType":"String"}})"), "ae7155c6026991b6d54b11589678bf9c");
  EXPECT_EQ(
      digest(
          R"({"attr1":{"BinaryValue":"dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ==","DataType":"Binary"}})"),
      "8cbe4db156db8a94db8b801b7addb984");
}

}  // namespace
}  // namespace stepwell::sqs
