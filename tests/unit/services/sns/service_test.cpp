#include "services/sns/service.h"

#include "../deliveries/world.h"
#include "lang/json/print.h"
#include "services/sns/notification.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::sns {
namespace {

constexpr std::string_view account = "123456789012";
constexpr std::string_view region = "us-east-1";

// The service over deliveries in a world of their own; queues are stand-ins whose messages are in the store.
class SnsTest : public deliveries::DeliveriesTest {
 protected:
  SnsTest() { open(); }

  void open() {
    auto service = std::make_unique<Service>(ServicePorts{.store = store_,
                                                          .scheduler = scheduler_,
                                                          .clock = clock_,
                                                          .random = random_,
                                                          .log = log_,
                                                          .deliveries = *deliveries_,
                                                          .own_url = [] { return std::string("http://here"); }});
    directory_.add(std::move(service));
  }
  // A new process over the same store.
  void begin_again() {
    restart();
    open();
  }

  void prepare(wire::Call& call, std::string_view input) {
    call.input = *json::parse_copy(call.arena, input);
    call.caller.account = account;
    call.caller.region = region;
    call.caller.access_key = "somebody";
  }
  Result<std::string> ask(std::string operation, std::string_view input) {
    wire::Call call;
    prepare(call, input);
    std::optional<Result<wire::Reply>> reply;
    start(directory_.call("sns", std::move(operation), call),
          [&](auto value, const std::exception_ptr&) { reply = std::move(value); });
    scheduler_.run();
    if (!reply) return fail(internal_error("no answer"));
    if (!*reply) return fail(reply->error());
    return json::print((*reply)->output);
  }
  Result<wire::Reply> fold(std::string_view operation, std::string_view input, wire::Call& call, store::Batch& batch) {
    prepare(call, input);
    return directory_.fold("sns", operation, call, batch);
  }
  std::string member(const Result<std::string>& answer, std::string_view name) {
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
    if (!answer) return {};
    const auto value = json::parse_copy(arena_, *answer);
    return std::string(value->find(name)->as_string());
  }

  std::string topic(std::string_view name = "t", std::string_view attributes = "{}") {
    return member(ask("CreateTopic", fmt::format(R"({{"Name":"{}","Attributes":{}}})", name, attributes)), "TopicArn");
  }
  std::string subscribe(std::string_view topic, std::string_view queue,
                        std::string_view attributes = R"({"RawMessageDelivery":"true"})") {
    return member(
        ask("Subscribe",
            fmt::format(
                R"({{"TopicArn":"{}","Protocol":"sqs","Endpoint":"arn:aws:sqs:us-east-1:123456789012:{}","Attributes":{}}})",
                topic, queue, attributes)),
        "SubscriptionArn");
  }
  std::string publish(std::string_view topic, std::string_view message, std::string_view more = "") {
    return member(ask("Publish", fmt::format(R"({{"TopicArn":"{}","Message":"{}"{}}})", topic, message, more)),
                  "MessageId");
  }
};

TEST_F(SnsTest, AMessageIsInEveryQueueWithOneCommit) {
  const std::string arn = topic();
  subscribe(arn, "a");
  subscribe(arn, "b");
  wire::Call call;
  store::Batch batch;
  ASSERT_TRUE(fold("Publish", fmt::format(R"({{"TopicArn":"{}","Message":"m"}})", arn), call, batch));
  EXPECT_EQ(messages("a") + messages("b"), "");
  store_.commit(std::move(batch), [](const Result<void>&) {});
  EXPECT_EQ(messages("a") + messages("b"), "[m][m]");
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(SnsTest, AQueueThatIsGoneHasItsMessageInTheDeadLetterQueue) {
  const std::string arn = topic();
  subscribe(
      arn, "missing",
      R"({"RawMessageDelivery":"true","RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:123456789012:dead\"}"})");
  publish(arn, "m", R"(,"MessageAttributes":{"a":{"DataType":"Number","StringValue":"1"}})");
  EXPECT_EQ(messages("dead"), "[m a=1]");
}

TEST_F(SnsTest, MessagesOfQueuesLookAsAwsWritesThem) {
  const std::string arn = topic();
  const std::string subscription = subscribe(arn, "q", "{}");
  const std::string id = publish(arn, "m", R"(,"MessageAttributes":{"a":{"DataType":"String","StringValue":"b"}})");
  const std::string body = messages("q");
  const std::string head = fmt::format(
      "[{{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : \"{}\",\n  \"TopicArn\" : \"{}\",\n  \"Message\" : "
      "\"m\",\n"
      "  \"Timestamp\" : \"{}\",\n  \"SignatureVersion\" : \"1\",\n  \"Signature\" : \"",
      id, arn, format_rfc3339(clock_.now()));
  EXPECT_TRUE(body.starts_with(head)) << body;
  const std::string tail = fmt::format(
      "\"UnsubscribeURL\" : \"http://here/?Action=Unsubscribe&SubscriptionArn={}&Version=2010-03-31\",\n"
      "  \"MessageAttributes\" : {{\n    \"a\" : {{\"Type\":\"String\",\"Value\":\"b\"}}\n  }}\n}}]",
      subscription);
  EXPECT_TRUE(body.ends_with(tail)) << body;
}

TEST_F(SnsTest, FunctionsGetAnEvent) {
  const std::string arn = topic();
  ask("Subscribe", fmt::format(R"({{"TopicArn":"{}","Protocol":"lambda",)"
                               R"("Endpoint":"arn:aws:lambda:us-east-1:123456789012:function:f"}})",
                               arn));
  publish(arn, "m");
  ASSERT_EQ(functions_->invocations.size(), 1U);
  const auto event = json::parse_copy(arena_, functions_->invocations[0].payload);
  ASSERT_TRUE(event);
  const json::Value& record = event->find("Records")->elements()[0];
  EXPECT_EQ(record.find("EventSource")->as_string(), "aws:sns");
  EXPECT_TRUE(record.find("EventSubscriptionArn")->as_string().starts_with(arn + ":"));
  const json::Value& sent = *record.find("Sns");
  EXPECT_EQ(sent.find("Message")->as_string(), "m");
  EXPECT_TRUE(sent.find("Subject")->is_null());
  EXPECT_EQ(sent.find("MessageAttributes")->size(), 0U);
  EXPECT_NE(sent.find("SigningCertUrl"), nullptr);
}

TEST_F(SnsTest, MessagesOfFifoTopicsAreNotSigned) {
  const std::string arn = topic("t.fifo", R"({"FifoTopic":"true"})");
  subscribe(arn, "q", "{}");
  publish(arn, "m", R"(,"MessageGroupId":"g","MessageDeduplicationId":"d")");
  EXPECT_NE(messages("q").find("\"SequenceNumber\" : \"1"), std::string::npos);
  EXPECT_EQ(messages("q").find("Sign"), std::string::npos);
}

class FifoTest : public SnsTest {
 protected:
  std::string send(std::string_view id) {
    return publish(arn_, "m", fmt::format(R"(,"MessageGroupId":"g","MessageDeduplicationId":"{}")", id));
  }
  std::string arn_ = topic("t.fifo", R"({"FifoTopic":"true"})");
  std::string subscription_ = subscribe(arn_, "q");
};

TEST_F(FifoTest, TheSameMessageIsDeliveredOnceInFiveMinutes) {
  const std::string first = send("1");
  EXPECT_EQ(send("1"), first);
  pass(std::chrono::minutes(4));
  EXPECT_EQ(send("1"), first);
  EXPECT_EQ(messages("q"), "[m]");
  pass(std::chrono::minutes(1));
  EXPECT_NE(send("1"), first);
  EXPECT_EQ(messages("q"), "[m][m]");
}

TEST_F(FifoTest, AlsoAfterARestart) {
  const std::string first = send("1");
  begin_again();
  EXPECT_EQ(send("1"), first);
  EXPECT_EQ(messages("q"), "[m]");
}

TEST_F(FifoTest, OneThatIsPartOfACommitUnderWayIsKnown) {
  const std::string input =
      fmt::format(R"({{"TopicArn":"{}","Message":"m","MessageGroupId":"g","MessageDeduplicationId":"1"}})", arn_);
  wire::Call one, two;
  store::Batch batch, other;
  const auto first = fold("Publish", input, one, batch);
  const auto second = fold("Publish", input, two, other);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(json::print(first->output), json::print(second->output));
  EXPECT_TRUE(other.empty());
}

TEST_F(FifoTest, OneWhoseCommitCameToNothingWasNeverSent) {
  const std::string input =
      fmt::format(R"({{"TopicArn":"{}","Message":"m","MessageGroupId":"g","MessageDeduplicationId":"1"}})", arn_);
  {
    wire::Call call;
    store::Batch batch;
    ASSERT_TRUE(fold("Publish", input, call, batch));
  }
  scheduler_.run();
  send("1");
  EXPECT_EQ(messages("q"), "[m]");
}

TEST_F(FifoTest, WhatIsForgottenLeavesTheStore) {
  for (int i = 0; i < 20; ++i) send(fmt::format("{}", i));
  EXPECT_EQ(store_.rows(store::Table::sns_taken).size(), 20U);
  pass(std::chrono::minutes(4));
  send("0");
  send("late");
  pass(std::chrono::minutes(2));
  EXPECT_EQ(store_.rows(store::Table::sns_taken).size(), 1U);
  pass(std::chrono::minutes(5));
  EXPECT_EQ(store_.rows(store::Table::sns_taken).size(), 0U);
  EXPECT_EQ(store_.rows(store::Table::sns_taken_until).size(), 0U);
}

TEST_F(FifoTest, ATopicThatIsMadeAgainHasTakenNothing) {
  send("1");
  ASSERT_TRUE(ask("DeleteTopic", fmt::format(R"({{"TopicArn":"{}"}})", arn_)));
  topic("t.fifo", R"({"FifoTopic":"true"})");
  subscribe(arn_, "q");
  send("1");
  EXPECT_EQ(messages("q"), "[m][m]");
}

TEST_F(SnsTest, ASubscriptionThatNobodyConfirmsIsForgotten) {
  const std::string arn = topic();
  ask("Subscribe", fmt::format(R"({{"TopicArn":"{}","Protocol":"http","Endpoint":"http://there"}})", arn));
  EXPECT_EQ(endpoints_.calls.size(), 1U);
  const auto listed = [&] { return *ask("ListSubscriptions", "{}"); };
  EXPECT_TRUE(listed().contains("PendingConfirmation"));
  pass(std::chrono::hours(49));
  EXPECT_EQ(listed(), R"({"Subscriptions":[]})");
  begin_again();
  subscribe(arn, "q");
  EXPECT_EQ(store_.rows(store::Table::sns_subscription).size(), 1U);
}

TEST_F(SnsTest, SignaturesOutliveTheProcess) {
  const std::string arn = topic();
  subscribe(arn, "q", "{}");
  publish(arn, "one");
  const std::string before = messages("q");
  const auto url_of = [](const std::string& body) {
    const std::size_t at = body.find("SimpleNotificationService-");
    return body.substr(at, body.find('"', at) - at);
  };
  begin_again();
  publish(arn, "two");
  EXPECT_EQ(url_of(messages("q").substr(before.size())), url_of(before));
  const auto page = dynamic_cast<Service*>(directory_.find("sns"))->page("/" + url_of(before));
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->starts_with("-----BEGIN CERTIFICATE-----"));
  EXPECT_FALSE(dynamic_cast<Service*>(directory_.find("sns"))->page("/SimpleNotificationService-0.pem"));
}

TEST_F(SnsTest, ABatchIsPublishedWholeOrNotAtAll) {
  const std::string arn = topic();
  subscribe(arn, "q");
  EXPECT_FALSE(ask("PublishBatch", fmt::format(R"({{"TopicArn":"{}","PublishBatchRequestEntries":)"
                                               R"([{{"Id":"a","Message":"1"}},{{"Id":"b","Message":""}}]}})",
                                               arn)));
  EXPECT_EQ(messages("q"), "");
  EXPECT_TRUE(ask("PublishBatch", fmt::format(R"({{"TopicArn":"{}","PublishBatchRequestEntries":)"
                                              R"([{{"Id":"a","Message":"1"}},{{"Id":"b","Message":"2"}}]}})",
                                              arn)));
  EXPECT_EQ(messages("q"), "[1][2]");
}

// The filter policies that AWS's documentation explains (Amazon SNS message filtering), on its example message.
class FilterExamples : public SnsTest {
 protected:
  bool passes(std::string_view policy, std::string_view scope = "MessageAttributes",
              std::string_view message = R"({"person":{"name":"Ada"}})") {
    const std::string arn = topic(fmt::format("t{}", ++topics_));
    std::string attributes = "{\"RawMessageDelivery\":\"true\",\"FilterPolicy\":";
    json::print_string(attributes, policy);
    attributes += fmt::format(",\"FilterPolicyScope\":\"{}\"}}", scope);
    const std::string queue = fmt::format("q{}", topics_);
    subscribe(arn, queue, attributes);
    std::string text;
    json::print_string(text, message);
    const auto sent = ask("Publish", fmt::format(R"({{"TopicArn":"{}","Message":{},"MessageAttributes":{{
        "customer_interests":{{"DataType":"String.Array","StringValue":"[\"soccer\", \"rugby\", \"hockey\"]"}},
        "store":{{"DataType":"String","StringValue":"example_corp"}},
        "event":{{"DataType":"String","StringValue":"order_placed"}},
        "price_usd":{{"DataType":"Number","StringValue":"210.75"}},
        "key_b":{{"DataType":"Binary","BinaryValue":"AgME"}}}}}})",
                                                 arn, text));
    EXPECT_TRUE(sent) << (sent ? "" : sent.error().message);
    return !messages(queue).empty();
  }
  int topics_ = 0;
};

TEST_F(FilterExamples, OfAttributes) {
  EXPECT_TRUE(passes(R"({"store":["example_corp"],"event":[{"anything-but":"order_cancelled"}],
                         "customer_interests":["rugby","football","baseball"],"price_usd":[{"numeric":[">=",100]}]})"));
  EXPECT_FALSE(passes(R"({"store":["example_corp"],"event":["order_cancelled"],"encrypted":[false]})"));
  EXPECT_TRUE(passes(R"({"customer_interests":["rugby","tennis"]})"));
  EXPECT_FALSE(passes(R"({"customer_interests":["tennis"]})"));
  EXPECT_TRUE(passes(R"({"price_usd":[210.75]})"));
  EXPECT_TRUE(passes(R"({"price_usd":[{"numeric":["=",210.75]}]})"));
  EXPECT_FALSE(passes(R"({"price_usd":[{"numeric":[">",0,"<=",150]}]})"));
  EXPECT_TRUE(passes(R"({"store":[{"prefix":"example"}]})"));
  EXPECT_TRUE(passes(R"({"store":[{"suffix":"corp"}]})"));
  EXPECT_TRUE(passes(R"({"store":[{"equals-ignore-case":"EXAMPLE_corp"}]})"));
  EXPECT_FALSE(passes(R"({"store":[{"anything-but":{"prefix":"exam"}}]})"));
  EXPECT_TRUE(passes(R"({"store":[{"exists":true}]})"));
  EXPECT_FALSE(passes(R"({"store":[{"exists":false}]})"));
  EXPECT_TRUE(passes(R"({"nothing":[{"exists":false}]})"));
  EXPECT_TRUE(passes(R"({"$or":[{"store":["other"]},{"event":["order_placed"]}]})"));
}

TEST_F(FilterExamples, OfBodies) {
  EXPECT_TRUE(passes(R"({"person":{"name":["Ada"]}})", "MessageBody"));
  EXPECT_FALSE(passes(R"({"person":{"name":["Bob"]}})", "MessageBody"));
  EXPECT_FALSE(passes(R"({"person":{"name":["Ada"]}})", "MessageBody", "no JSON"));
  EXPECT_TRUE(passes(R"({"people":{"name":["Ada"]}})", "MessageBody", R"({"people":[{"name":"Bob"},{"name":"Ada"}]})"));
}

}  // namespace
}  // namespace stepwell::sns
