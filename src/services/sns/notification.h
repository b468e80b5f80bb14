#pragma once
// A message as its receivers get it: the texts that are the same for all of them are made once.
//
//   queues and HTTP endpoints   {"Type" : "Notification", "MessageId" : …, "TopicArn" : …, "Message" : …, …}
//   functions                   {"Records": [{"EventSource": "aws:sns", …, "Sns": {…}}]}

#include "services/sns/message.h"
#include "services/sns/signer.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sns {

class Notification {
 public:
  // Unsigned where there is no signature, as messages of FIFO topics are. `text` is the message's for the protocol.
  Notification(const Message& message, std::string_view text, const std::optional<Signature>& signature,
               std::string_view signature_version, std::string own_url);

  std::string for_endpoint(std::string_view subscription_arn) const;
  std::string for_function(std::string_view subscription_arn) const;

 private:
  std::string unsubscribe_url(std::string_view subscription_arn) const;

  std::string own_url_;
  std::string head_, tail_;                    // of for_endpoint, around UnsubscribeURL
  std::string function_head_, function_tail_;  // of for_function
};

// What is signed of a notification.
std::string text_to_sign(const Message& message, std::string_view text);

// The first message of a subscription, and the last one: its receiver confirms with the token.
struct Confirmation {
  std::string_view type;  // SubscriptionConfirmation, UnsubscribeConfirmation
  std::string id;
  std::string topic;  // ARN
  std::string message;
  std::string token;
  Timestamp at{};
};
std::string text_to_sign(const Confirmation& confirmation, std::string_view own_url);
std::string show(const Confirmation& confirmation, const Signature& signature, std::string_view signature_version,
                 std::string_view own_url);

}  // namespace stepwell::sns
