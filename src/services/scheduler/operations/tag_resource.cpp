#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {
namespace {
constexpr std::size_t max_tags = 50;
}

Task<Result<wire::Reply>> tag_resource(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  CO_TRY_ASSIGN(Group group, find_tagged(schedules, call));
  const json::Value document = read(call.arena, group.document);
  std::vector<json::Value> tags;
  const auto add = [&tags](const json::Value& tag) {
    std::erase_if(tags, [&](const json::Value& other) { return text_of(other, "Key") == text_of(tag, "Key"); });
    tags.push_back(tag);
  };
  for (const json::Value& tag : elements_of(document, "Tags")) add(tag);
  for (const json::Value& tag : elements_of(call.input, "Tags")) add(tag);
  if (tags.size() > max_tags) co_return fail(errors::invalid("A resource cannot have more than 50 tags."));
  group.document = json::print(with(call.arena, document, {{"Tags", json::make_array(call.arena, tags)}}));
  CO_TRY(co_await schedules.book.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::scheduler
