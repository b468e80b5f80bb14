// Spans as OTLP writes them in JSON (opentelemetry-proto, ExportTraceServiceRequest).

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "server/span_exporter.h"

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr int internal_kind = 1;
constexpr int failed_status = 2;

json::Value attribute(json::Arena& arena, std::string_view key, std::string_view value) {
  const json::Value text = json::ObjectBuilder(arena).add("stringValue", value).build();
  return json::ObjectBuilder(arena).add("key", key).add("value", text).build();
}

json::Value attributes(json::Arena& arena, const std::vector<trace::Attribute>& given) {
  std::vector<json::Value> all;
  for (const trace::Attribute& one : given) all.push_back(attribute(arena, one.key, one.value));
  return json::make_array(arena, all);
}

std::string nanoseconds(Timestamp time) { return fmt::format("{}000000", time.time_since_epoch().count()); }

json::Value events(json::Arena& arena, const std::vector<trace::Event>& given) {
  std::vector<json::Value> all;
  for (const trace::Event& event : given) {
    all.push_back(json::ObjectBuilder(arena)
                      .add("timeUnixNano", nanoseconds(event.at))
                      .add("name", event.name)
                      .add("attributes", attributes(arena, event.attributes))
                      .build());
  }
  return json::make_array(arena, all);
}

json::Value span_value(json::Arena& arena, const trace::Span& span) {
  json::ObjectBuilder object(arena);
  object.add("traceId", span.trace).add("spanId", span.id);
  if (!span.parent.empty()) object.add("parentSpanId", span.parent);
  object.add("name", span.name)
      .add("kind", internal_kind)
      .add("startTimeUnixNano", nanoseconds(span.start))
      .add("endTimeUnixNano", nanoseconds(span.end))
      .add("attributes", attributes(arena, span.attributes))
      .add("events", events(arena, span.events));
  if (span.failed) {
    json::ObjectBuilder status(arena);
    status.add("code", failed_status);
    if (!span.error.empty()) status.add("message", span.error);
    object.add("status", status.build());
  }
  return object.build();
}

}  // namespace

std::string otlp_json(std::span<const trace::Span* const> spans) {
  json::Arena arena;
  std::vector<json::Value> all;
  for (const trace::Span* span : spans) all.push_back(span_value(arena, *span));
  const auto one = [&arena](json::Value value) { return json::make_array(arena, std::span(&value, 1)); };
  const json::Value scope = json::ObjectBuilder(arena).add("name", "stepwell").add("version", STEPWELL_VERSION).build();
  const json::Value scope_spans =
      json::ObjectBuilder(arena).add("scope", scope).add("spans", json::make_array(arena, all)).build();
  const json::Value resource =
      json::ObjectBuilder(arena).add("attributes", one(attribute(arena, "service.name", "stepwell"))).build();
  const json::Value resource_spans =
      json::ObjectBuilder(arena).add("resource", resource).add("scopeSpans", one(scope_spans)).build();
  return json::print(json::ObjectBuilder(arena).add("resourceSpans", one(resource_spans)).build());
}

}  // namespace stepwell::server
