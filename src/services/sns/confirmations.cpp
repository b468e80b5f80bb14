#include "services/sns/confirmations.h"

#include "crypto/seal.h"
#include "services/sns/errors.h"
#include "services/sns/fan_out.h"
#include "services/sns/notification.h"

#include <algorithm>

namespace stepwell::sns {
namespace {

constexpr std::size_t secret_bytes = 64;
constexpr std::size_t id_digits = 32;  // of a UUID without its hyphens

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string make_token(const Subscription& subscription) {
  std::string token = subscription.id;
  std::erase(token, '-');
  return token + crypto::to_hex(crypto::random_bytes(secret_bytes));
}

Result<std::string> subscription_of_token(std::string_view token) {
  if (token.empty() || !std::ranges::all_of(token, is_hex)) return fail(errors::invalid("Invalid token"));
  if (token.size() <= id_digits) return fail(errors::invalid_parameter("Token"));
  return fmt::format("{}-{}-{}-{}-{}", token.substr(0, 8), token.substr(8, 4), token.substr(12, 4), token.substr(16, 4),
                     token.substr(20, 12));
}

Result<void> send_token(Sns& sns, const Topic& topic, const Subscription& subscription, Asks asks,
                        store::Batch& batch) {
  const bool confirms = asks == Asks::to_confirm;
  Confirmation confirmation{.type = confirms ? "SubscriptionConfirmation" : "UnsubscribeConfirmation",
                            .id = make_uuid(sns.random),
                            .topic = topic.arn,
                            .token = subscription.token,
                            .at = sns.clock.now()};
  confirmation.message =
      confirms ? fmt::format(
                     "You have chosen to subscribe to the topic {}.\nTo confirm the subscription, visit the "
                     "SubscribeURL included in this message.",
                     topic.arn)
               : fmt::format(
                     "You have chosen to deactivate subscription {}.\nTo cancel this operation and restore the "
                     "subscription, visit the SubscribeURL included in this message.",
                     subscription.arn());
  const std::string_view set = value_of(topic.attributes, "SignatureVersion");
  const std::string_view version = set.empty() ? "1" : set;
  const std::string own_url = sns.signer.own_url();
  TRY_ASSIGN(const Signature signature, sns.signer.sign(version, text_to_sign(confirmation, own_url), batch));
  Subscriber subscriber{.subscription = subscription};
  subscriber.http = http_policy(value_of(topic.attributes, "DeliveryPolicy"), {});
  std::vector<std::pair<std::string, std::string>> headers = {
      {"x-amz-sns-message-type", std::string(confirmation.type)},
      {"x-amz-sns-message-id", confirmation.id},
      {"x-amz-sns-topic-arn", topic.arn}};
  return sns.deliveries.add(to_http(subscriber, show(confirmation, signature, version, own_url), std::move(headers)),
                            batch);
}

}  // namespace stepwell::sns
