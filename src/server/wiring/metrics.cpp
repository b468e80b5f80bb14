#include "server/process_metrics.h"
#include "server/wiring/parts.h"

namespace stepwell::server {

Result<void> open_metrics(NodeParts& parts) {
  metrics::Registry& registry = parts.registry;
  add_process_metrics(registry);
  add_store_metrics(registry, *parts.store, parts.keeps_data() ? parts.options.data_dir + "/store" : std::string());
  if (parts.options.otlp_endpoint.empty()) return {};
  TRY_ASSIGN(parts.exporter, SpanExporter::open(parts.options.otlp_endpoint, parts.client, parts.loop, parts.log));
  registry.read(metrics::Kind::counter, "stepwell_spans_sent_total", "Spans that the collector has taken.",
                [&parts] { return static_cast<double>(parts.exporter->sent()); });
  registry.read(metrics::Kind::counter, "stepwell_spans_dropped_total", "Spans that did not fit or were refused.",
                [&parts] { return static_cast<double>(parts.exporter->dropped()); });
  return {};
}

}  // namespace stepwell::server
