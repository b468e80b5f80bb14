#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "services/sns/errors.h"
#include "services/sns/sns.h"
#include "wire/call.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sns {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with(wire::Call& call, std::string_view member, json::Value value) {
  return reply_with(json::ObjectBuilder(call.arena).add(member, value).build());
}
inline wire::Reply reply_with_text(wire::Call& call, std::string_view member, std::string_view text) {
  return reply_with(call, member, json::make_string(call.arena, text));
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// The topic that `arn`, the value of the parameter, names. Errors InvalidParameterException, NotFoundException,
// AuthorizationErrorException where it is of another account.
Result<ChannelPtr> find_channel(Sns& sns, const wire::Call& call, std::string_view parameter, std::string_view arn);
// The topic that ResourceArn names. Errors InvalidParameterException, ResourceNotFoundException.
Result<ChannelPtr> find_resource(Sns& sns, const wire::Call& call);

// Its topic and id. Error InvalidParameterException.
struct SubscriptionName {
  std::string topic;
  std::string id;
};
Result<SubscriptionName> read_subscription_arn(const wire::Call& call);
// The subscription that SubscriptionArn names, with its topic. Errors InvalidParameterException, NotFoundException.
struct FoundSubscription {
  ChannelPtr channel;
  const Subscriber* subscriber;
};
Result<FoundSubscription> find_subscription(Sns& sns, const wire::Call& call);

json::Value show(json::Arena& arena, const Subscription& subscription);

// Tags of the call. Error InvalidParameterException where a key is there twice.
Result<std::vector<Tag>> read_tags(const wire::Call& call);

// NextToken of a listing is the key that the page before ended with. Error InvalidParameterException.
inline constexpr std::size_t page_size = 100;
Result<std::string> read_next_token(const wire::Call& call);
std::string next_token(std::string_view key);
// A page of subscriptions whose keys begin so.
Result<wire::Reply> list(Sns& sns, wire::Call& call, const std::string& key_prefix);

}  // namespace stepwell::sns
