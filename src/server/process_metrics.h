#pragma once
// What every process has to tell: processor time, memory, files; and what the store has done.

#include "base/metrics.h"
#include "net/http_server.h"
#include "store/store.h"

#include <string>

namespace stepwell::server {

void add_process_metrics(metrics::Registry& registry);

// `directory` is where the store's files are; empty: it has none.
void add_store_metrics(metrics::Registry& registry, const store::Store& store, std::string directory);

// `traffic` outlives the registry's pages.
void add_traffic_metrics(metrics::Registry& registry, const net::Traffic& traffic);

}  // namespace stepwell::server
