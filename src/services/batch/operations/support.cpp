#include "services/batch/operations/support.h"

#include "crypto/hash.h"
#include "lang/json/print.h"

#include <algorithm>

namespace stepwell::batch {
namespace {

constexpr std::size_t longest_name = 128;
constexpr std::size_t most_environments = 3;  // of a queue
constexpr std::int64_t shortest_timeout = 60;
constexpr std::size_t usual_page = 100;
constexpr std::size_t most_revisions_looked_at = 10'000;

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

Result<std::optional<Found>> find(const Jobs& jobs, wire::Call& call, Kind kind, std::string_view name) {
  auto place = read_place(kind, call.caller, name);
  if (!place) return std::nullopt;
  TRY_ASSIGN(const auto document, jobs.catalog.find(call.arena, *place));
  if (!document) return std::nullopt;
  return Found{.place = std::move(*place), .document = *document};
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && is_alphanumeric(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

Result<Found> find_environment(const Jobs& jobs, wire::Call& call, std::string_view name) {
  TRY_ASSIGN(auto found, find(jobs, call, Kind::environment, name));
  if (!found) return fail(errors::environment_not_found(name));
  return std::move(*found);
}

Result<Found> find_queue(const Jobs& jobs, wire::Call& call, std::string_view name) {
  TRY_ASSIGN(auto found, find(jobs, call, Kind::queue, name));
  if (!found) return fail(errors::queue_not_found(name));
  return std::move(*found);
}

Result<Found> find_active_definition(const Jobs& jobs, wire::Call& call, std::string_view name) {
  const auto place = read_place(Kind::definition, call.caller, name);
  if (!place) return fail(errors::definition_not_found(name));
  std::optional<Found> found;
  if (place->revision > 0) {
    TRY_ASSIGN(found, find(jobs, call, Kind::definition, name));
    if (found && text_of(found->document, "status") != "ACTIVE") found.reset();
  } else {
    std::size_t looked_at = 0;
    const std::string prefix = revisions_prefix(*place);
    TRY(jobs.catalog.visit(Kind::definition, prefix, store::prefix_end(prefix), store::Direction::backward,
                           [&](const Place& revision, std::string_view text) {
                             const json::Value document = read_document(call.arena, text);
                             if (text_of(document, "status") == "ACTIVE") found = Found{revision, document};
                             return !found && ++looked_at < most_revisions_looked_at;
                           }));
  }
  if (!found) return fail(errors::definition_not_found(name));
  return std::move(*found);
}

Result<json::Value> read_environment_order(const Jobs& jobs, wire::Call& call) {
  const auto given = elements_of(call.input, "computeEnvironmentOrder");
  if (given.empty() || given.size() > most_environments) {
    return fail(errors::client("computeEnvironmentOrder must have between 1 and 3 compute environments."));
  }
  std::vector<json::Value> order;
  for (const json::Value& element : given) {
    const std::string_view name = text_of(element, "computeEnvironment");
    TRY_ASSIGN(const Found environment, find_environment(jobs, call, name));
    const Place& place = environment.place;
    if (place.account != call.caller.account || place.region != call.caller.region) {
      return fail(errors::environment_not_found(name));
    }
    order.push_back(json::ObjectBuilder(call.arena)
                        .add("order", *element.find("order"))
                        .add("computeEnvironment", environment.place.arn())
                        .build());
  }
  std::ranges::sort(order, {}, [](const json::Value& each) { return each.find("order")->as_double(); });
  return json::make_array(call.arena, order);
}

Result<void> check_timeout(const json::Value& timeout) {
  const json::Value* seconds = timeout.find("attemptDurationSeconds");
  if (seconds == nullptr || seconds->as_integer().value_or(0) >= shortest_timeout) return {};
  return fail(errors::refused("Timeout must be at least 60 seconds."));
}

json::Value tags_of(const wire::Call& call) { return object_of(call.input, "tags"); }

Result<void> check_range(const wire::Call& call, std::string_view member, std::int64_t least, std::int64_t most) {
  const auto value = call.integer(member);
  if (!value || (*value >= least && *value <= most)) return {};
  return fail(errors::client(fmt::format("{} must be between {} and {}.", member, least, most)));
}

Result<Tagged> find_tagged(const Jobs& jobs, wire::Call& call) {
  const std::string_view arn = call.text("resourceArn");
  if (const auto job = parse_job_arn(arn); job && !job->is_child()) {
    TRY_ASSIGN(const auto text, jobs.ledger.document(job->uuid));
    if (text) return Tagged{.place = std::nullopt, .job = job, .document = read_document(call.arena, *text)};
  }
  if (auto place = parse_place_arn(arn)) {
    TRY_ASSIGN(const auto document, jobs.catalog.find(call.arena, *place));
    if (document) return Tagged{.place = std::move(place), .job = std::nullopt, .document = *document};
  }
  return fail(errors::resource_not_found(arn));
}

Task<Result<void>> save_tags(Jobs& jobs, wire::Call& call, Tagged tagged, json::Value tags) {
  const json::Value document = with(call.arena, tagged.document, {{"tags", tags}});
  if (tagged.place) co_return co_await jobs.catalog.save(std::move(*tagged.place), document);
  store::Batch batch;
  batch.put(store::Table::job, document_key(tagged.job->uuid), json::print(document));
  co_return co_await jobs.catalog.commit(std::move(batch));
}

Result<std::string> read_token(const wire::Call& call) {
  auto last = crypto::base64url_decode(call.text("nextToken"));
  if (!last) return fail(errors::client("Invalid nextToken."));
  return std::move(*last);
}

std::string token_of(std::string_view last) { return crypto::base64url_encode(last); }

Result<Page> describe_places(const Jobs& jobs, wire::Call& call, Kind kind, std::string_view names_member,
                             const std::function<json::Value(const Place&, const json::Value&)>& show) {
  Page page;
  const auto names = elements_of(call.input, names_member);
  for (const json::Value& name : names) {
    TRY_ASSIGN(const auto found, find(jobs, call, kind, name.as_string()));
    if (found) page.shown.push_back(show(found->place, found->document));
  }
  if (!names.empty()) return page;
  TRY_ASSIGN(const std::string last, read_token(call));
  const auto limit = static_cast<std::size_t>(
      std::clamp<std::int64_t>(call.integer("maxResults").value_or(usual_page), 1, usual_page));
  const std::string prefix = places_prefix(call.caller.account, call.caller.region);
  std::string end;
  TRY(jobs.catalog.visit(kind, last.empty() ? prefix : std::max(prefix, last + '\0'), store::prefix_end(prefix),
                         store::Direction::forward, [&](const Place& place, std::string_view text) {
                           if (page.shown.size() == limit) {
                             page.next_token = token_of(end);
                             return false;
                           }
                           const json::Value shown = show(place, read_document(call.arena, text));
                           if (!shown.is_null()) page.shown.push_back(shown);
                           end = key_of(place);
                           return true;
                         }));
  return page;
}

wire::Reply reply_with_page(wire::Call& call, std::string_view member, const Page& page) {
  json::ObjectBuilder output(call.arena);
  output.add(member, json::make_array(call.arena, page.shown));
  if (!page.next_token.empty()) output.add("nextToken", page.next_token);
  return reply_with(output.build());
}

}  // namespace stepwell::batch
