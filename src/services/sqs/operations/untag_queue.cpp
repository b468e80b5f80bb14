#include "services/sqs/operations/tags.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> untag_queue(Sqs& sqs, wire::Call& call) {
  return change_tags(sqs, call, [&call](const json::Value& tags) {
    json::ObjectBuilder left(call.arena);
    for (const json::Member& tag : tags.members()) {
      const auto is_it = [&](const json::Value& key) { return key.as_string() == tag.key; };
      if (std::ranges::none_of(call.member("TagKeys")->elements(), is_it)) left.add(tag.key, tag.value);
    }
    return left.build();
  });
}

}  // namespace stepwell::sqs
