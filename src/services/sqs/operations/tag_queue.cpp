#include "services/sqs/operations/tags.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> tag_queue(Sqs& sqs, wire::Call& call) {
  return change_tags(sqs, call, [&call](const json::Value& tags) {
    json::ObjectBuilder all(call.arena);
    for (const json::Member& tag : tags.members()) all.add(tag.key, tag.value);
    for (const json::Member& tag : call.member("Tags")->members()) all.add(tag.key, tag.value);
    return all.build();
  });
}

}  // namespace stepwell::sqs
