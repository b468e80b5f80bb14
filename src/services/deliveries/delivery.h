#pragma once
// A message on its way from one service to something else: what is to be done, how often it is tried, and what becomes
// of it when nothing helps.

#include "base/time.h"
#include "lang/json/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace stepwell::deliveries {

// A call of a service of the directory.
struct ServiceCall {
  std::string service;    // "sqs", by signing name
  std::string operation;  // "SendMessage"
  json::Value input;      // of the operation's input shape; valid until `add` returns
  std::string payload;    // the raw body, where the input shape has one (Invoke of Lambda)
  std::string account;    // that the call is made in
  std::string region;
  std::string role_arn;  // the sender assumes it, where access is controlled; empty: it calls as the service it is
};

// A request to somebody else. Its answer counts as taken when its status is 2xx; 409, 429 and 5xx are tried again, as
// is an answer that does not come; every other is final.
struct HttpRequest {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Duration timeout{15'000};
  std::string connection_arn;  // whose authorization is put in when it is sent (connections.h); empty: none
};

// When failed attempts are made again: first at once, then after `shortest`, then after delays that grow from
// `shortest` to `longest`, then after `longest`, as many times each as said.
struct Retries {
  enum class Growth : std::uint8_t { linear, arithmetic, geometric, exponential };

  std::uint32_t immediate = 0;
  std::uint32_t shortest_first = 0;
  std::uint32_t growing = 0;
  std::uint32_t longest_last = 0;
  Duration shortest{0};
  Duration longest{0};
  Growth growth = Growth::linear;
  bool jitter = false;  // each delay is shortened by chance, to half of it at most
  Duration max_age{0};  // since the delivery was added; 0: no bound

  std::uint32_t count() const { return immediate + shortest_first + growing + longest_last; }
};

// A message attribute of a dead letter.
struct Attribute {
  std::string name;
  std::string value;  // base64 where the type is Binary
  std::string type = "String";
};

// What is written into a queue when a delivery is given up.
struct DeadLetter {
  std::string queue_arn;
  std::string body;
  std::vector<Attribute> attributes;
  // Adds ERROR_CODE, ERROR_MESSAGE, RETRY_ATTEMPTS and EXHAUSTED_RETRY_CONDITION, as EventBridge does.
  bool tells_error = false;
  std::string group_id;  // of a FIFO queue; empty: it is none
  std::string deduplication_id;
};

struct Delivery {
  std::variant<ServiceCall, HttpRequest> what;
  std::string sender;      // the AWS service: "sns.amazonaws.com"
  std::string source_arn;  // the topic, rule, schedule or function that it is sent for: aws:SourceArn
  std::string target;      // ARN or URL: what bounds and fairness go by
  Retries retries{};
  std::optional<DeadLetter> dead_letter{};  // none: what is given up is dropped
};

}  // namespace stepwell::deliveries
