// When an expression of a schedule or of a rule comes true next: what the console shows beside it.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "lang/schedule/expression.h"
#include "server/console/api.h"
#include "server/console/query.h"
#include "server/zone_files.h"

#include <algorithm>

namespace stepwell::server::console {
namespace {

constexpr std::size_t usual_runs = 5;
constexpr std::size_t max_runs = 100;

Result<schedule::TimeZone> zone_of(std::string_view query) {
  const std::string name = wire::query_value(query, "zone").value_or("");
  if (name.empty() || name == "UTC") return schedule::TimeZone();
  const auto bytes = SystemZoneFiles().read(name);
  auto zone = bytes ? schedule::TimeZone::parse(*bytes) : std::nullopt;
  if (!zone) return fail(refused(fmt::format("There is no time zone '{}'.", name)));
  return std::move(*zone);
}

}  // namespace

Result<http::Response> Api::runs(std::string_view query, wire::Call& call) const {
  const std::string text = wire::query_value(query, "expression").value_or("");
  const auto expression = schedule::parse(text, schedule::Dialect::schedule);
  if (!expression) return fail(refused(fmt::format("'{}' is no expression of a schedule.", text)));
  TRY_ASSIGN(const schedule::TimeZone zone, zone_of(query));
  TRY_ASSIGN(const auto start, time_of(query, "start"));
  TRY_ASSIGN(const auto until, time_of(query, "until"));
  TRY_ASSIGN(const auto count, number_of<std::size_t>(query, "count"));
  const std::size_t wanted = std::min(count.value_or(usual_runs), max_runs);
  const Timestamp since = start.value_or(Timestamp{});
  std::vector<json::Value> runs;
  for (Timestamp after = node_->clock().now(); runs.size() < wanted;) {
    const auto due = schedule::next(*expression, since, after, zone);
    if (!due || (until && *due > *until)) break;
    runs.push_back(wire::epoch_seconds(call.arena, due->time_since_epoch().count()));
    after = *due;
  }
  json::ObjectBuilder output(call.arena);
  output.add("runs", json::make_array(call.arena, runs));
  return json_response(200, json::print(output.build()));
}

}  // namespace stepwell::server::console
