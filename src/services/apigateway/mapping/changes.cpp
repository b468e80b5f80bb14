#include "services/apigateway/mapping/changes.h"

#include "base/http.h"
#include "services/apigateway/errors.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

// Names that end in * stand for all that begin so.
constexpr auto reserved = std::to_array<std::string_view>({"access-control-*",
                                                           "apigw-*",
                                                           "authorization",
                                                           "connection",
                                                           "content-encoding",
                                                           "content-length",
                                                           "content-location",
                                                           "forwarded",
                                                           "keep-alive",
                                                           "origin",
                                                           "proxy-authenticate",
                                                           "proxy-authorization",
                                                           "te",
                                                           "trailers",
                                                           "transfer-encoding",
                                                           "upgrade",
                                                           "via",
                                                           "x-amz-*",
                                                           "x-amzn-*",
                                                           "x-forwarded-for",
                                                           "x-forwarded-host",
                                                           "x-forwarded-proto"});

bool is_reserved(std::string_view name) {
  return std::ranges::any_of(reserved, [&](std::string_view form) {
    if (!form.ends_with('*')) return http::equals_ignoring_case(form, name);
    form.remove_suffix(1);
    return http::equals_ignoring_case(form, name.substr(0, form.size()));
  });
}

Error bad_key(std::string_view key) {
  return errors::bad_request(fmt::format("Invalid mapping expression parameter specified: {}", key));
}

bool read_action(std::string_view& key, Change& change) {
  struct Name {
    std::string_view text;
    Change::Action action;
  };
  static constexpr auto names = std::to_array<Name>({{"append:", Change::Action::append},
                                                     {"overwrite:", Change::Action::overwrite},
                                                     {"remove:", Change::Action::remove}});
  const auto name = std::ranges::find_if(names, [&](const Name& each) { return key.starts_with(each.text); });
  if (name == names.end()) return false;
  change.action = name->action;
  key.remove_prefix(name->text.size());
  return true;
}

bool read_place(std::string_view key, Direction direction, Change& change) {
  using Place = Change::Place;
  const bool request = direction == Direction::request;
  const bool overwrites = change.action == Change::Action::overwrite;
  constexpr std::string_view header = "header.";
  constexpr std::string_view querystring = "querystring.";
  if (key.starts_with(header)) {
    change.place = Place::header;
    change.name = key.substr(header.size());
    return !change.name.empty() && !is_reserved(change.name);
  }
  if (request && key.starts_with(querystring)) {
    change.place = Place::querystring;
    change.name = key.substr(querystring.size());
    return !change.name.empty();
  }
  change.place = request ? Place::path : Place::status;
  return overwrites && key == (request ? "path" : "statuscode");
}

bool is_out_of_place(const Template& value, Direction direction) {
  const auto uses = [&](Source source) { return value.uses(source); };
  if (direction == Direction::request) return uses(Source::response_header) || uses(Source::response_body);
  return false;
}

Result<Change> read_change(const json::Member& member, Direction direction) {
  Change change;
  std::string_view key = member.key;
  if (!read_action(key, change) || !read_place(key, direction, change)) return fail(bad_key(member.key));
  if (change.action == Change::Action::remove) return change;
  TRY_ASSIGN(change.value, Template::parse(member.value.is_string() ? member.value.as_string() : ""));
  if (is_out_of_place(change.value, direction)) return fail(bad_key(member.key));
  return change;
}

}  // namespace

Result<std::vector<Change>> read_changes(const json::Value& map, Direction direction) {
  std::vector<Change> changes, removals;
  for (const json::Member& member : map.members()) {
    TRY_ASSIGN(Change change, read_change(member, direction));
    (change.action == Change::Action::remove ? removals : changes).push_back(std::move(change));
  }
  std::ranges::move(removals, std::back_inserter(changes));
  return changes;
}

}  // namespace stepwell::apigateway
