#include "services/events/operations/support.h"

#include "crypto/hash.h"

#include <algorithm>

namespace stepwell::events {
namespace {

constexpr std::size_t usual_page = 100;
constexpr std::size_t max_tags = 50;

Result<Tagged> find_tagged_bus(Events& events, const Place& place) {
  const Bus* bus = events.registry.find_bus(place);
  if (bus == nullptr) return fail(errors::bus_not_found(place.name));
  return Tagged{.document = bus->document, .save = [&events, place](std::string document) {
                  return events.registry.save_bus(place, std::move(document));
                }};
}

Task<Result<void>> save_rule(Events& events, RulePlace place, std::string document) {
  CO_TRY_ASSIGN(RulePtr rule, compile_rule(std::move(place), std::move(document)));
  co_return co_await events.registry.save_rule(std::move(rule));
}

Result<Tagged> find_tagged_rule(Events& events, const RulePlace& place) {
  const RulePtr rule = events.registry.find_rule(place);
  if (rule == nullptr) return fail(errors::rule_not_found(place.name, place.bus.name));
  return Tagged{.document = rule->document, .save = [&events, place](std::string document) {
                  return save_rule(events, place, std::move(document));
                }};
}

// The document of what an ARN names; nullptr: there is none.
const std::string* document_at(Registry& registry, const Named& named) {
  if (named.kind == "event-bus") {
    const Bus* bus = registry.find_bus(named.place);
    return bus == nullptr ? nullptr : &bus->document;
  }
  const RulePtr rule = named.kind == "rule" ? registry.find_rule(rule_place(named.place)) : nullptr;
  return rule == nullptr ? nullptr : &rule->document;
}

}  // namespace

Result<const Bus*> find_bus(Events& events, const wire::Call& call, std::string_view member) {
  const Place place = bus_place(call.caller, call.text(member));
  const Bus* bus = events.registry.find_bus(place);
  if (bus == nullptr) return fail(errors::bus_not_found(place.name));
  return bus;
}

Result<RulePtr> find_rule(Events& events, const wire::Call& call, std::string_view member) {
  TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  RulePtr rule = bus->find(call.text(member));
  if (rule == nullptr) return fail(errors::rule_not_found(call.text(member), bus->place().name));
  return rule;
}

Task<Result<void>> change_rule(Events& events, RulePtr rule, const Change& change) {
  json::Arena arena;
  std::string document = json::print(change(arena, read(arena, rule->document)));
  CO_TRY_ASSIGN(RulePtr changed, compile_rule(rule->place, std::move(document)));
  co_return co_await events.registry.save_rule(std::move(changed));
}

json::Value read(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse_copy(arena, document.empty() ? "{}" : document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

json::Value millis(json::Arena& arena, Timestamp time) {
  return json::Value::integer(arena, time.time_since_epoch().count());
}

json::Value date_of(json::Arena& arena, const json::Value& document, std::string_view member) {
  const json::Value* time = document.find(member);
  if (time == nullptr || !time->is_number()) return {};
  return wire::epoch_seconds(arena, time->as_integer().value_or(0));
}

Result<wire::Reply> reply_with_page(wire::Call& call, std::string_view member, const std::vector<Item>& items) {
  const auto after = crypto::base64_decode(call.text("NextToken"));
  if (!after)
    return fail(errors::invalid("Parameter NextToken is not valid. Reason: It is not a token of this service."));
  const auto limit = static_cast<std::size_t>(call.integer("Limit").value_or(usual_page));
  const std::string_view prefix = call.text("NamePrefix");
  std::vector<json::Value> page;
  std::string last;
  bool more = false;
  bool is_behind = after->empty();
  for (const Item& item : items) {
    if (!is_behind) {
      is_behind = item.name == *after;
      continue;
    }
    if (!item.name.starts_with(prefix)) continue;
    more = page.size() == limit;
    if (more) break;
    page.push_back(item.show());
    last = item.name;
  }
  json::ObjectBuilder output(call.arena);
  output.add(member, json::make_array(call.arena, page));
  if (more) output.add("NextToken", crypto::base64_encode(last));
  return reply_with(output.build());
}

Result<Tagged> find_tagged(Events& events, std::string_view arn) {
  const auto named = parse_arn(arn);
  if (named && named->kind == "event-bus") return find_tagged_bus(events, named->place);
  if (named && named->kind == "rule") return find_tagged_rule(events, rule_place(named->place));
  return fail(
      errors::invalid(fmt::format("Parameter {} is not valid. Reason: Provided Arn is not in correct format.", arn)));
}

Result<json::Value> add_tags(json::Arena& arena, const json::Value& tags, std::span<const json::Value> added) {
  std::vector<json::Value> all;
  if (tags.is_array()) all.assign(tags.elements().begin(), tags.elements().end());
  for (std::size_t i = 0; i < added.size(); ++i) {
    const std::string_view key = text_of(added[i], "Key");
    const auto has_key = [key](const json::Value& tag) { return text_of(tag, "Key") == key; };
    if (std::ranges::any_of(added.first(i), has_key)) {
      return fail(errors::invalid("Invalid parameter: Duplicated keys are not allowed."));
    }
    std::erase_if(all, has_key);
  }
  all.insert(all.end(), added.begin(), added.end());
  if (all.size() > max_tags) return fail(errors::limit_exceeded());
  return json::make_array(arena, all);
}

std::optional<std::string> tag_of(Registry& registry, std::string_view arn, std::string_view key) {
  const auto named = parse_arn(arn);
  const std::string* document = named ? document_at(registry, *named) : nullptr;
  if (document == nullptr) return std::nullopt;
  json::Arena arena;
  for (const json::Value& tag : elements_of(read(arena, *document), "Tags")) {
    if (text_of(tag, "Key") == key) return std::string(text_of(tag, "Value"));
  }
  return std::nullopt;
}

Result<ResourcePtr> find_resource(Events& events, const wire::Call& call, Shelf shelf) {
  const std::string_view name = call.text("Name");
  ResourcePtr resource = events.registry.find(shelf, place_of(call.caller, name));
  if (resource != nullptr) return resource;
  return fail(shelf == Shelf::connections ? errors::connection_not_found(name) : errors::destination_not_found(name));
}

}  // namespace stepwell::events
