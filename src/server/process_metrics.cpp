#include "server/process_metrics.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace stepwell::server {
namespace {

using metrics::Kind;

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double size = 0;
  double resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code ignored;
  const std::filesystem::directory_iterator files("/proc/self/fd", ignored);
  return static_cast<double>(std::distance(begin(files), end(files)));
}

double bytes_below(const std::string& directory) {
  std::error_code ignored;
  double sum = 0;
  for (const auto& file : std::filesystem::directory_iterator(directory, ignored)) {
    const auto size = file.file_size(ignored);
    if (!ignored) sum += static_cast<double>(size);
  }
  return sum;
}

}  // namespace

void add_process_metrics(metrics::Registry& registry) {
  const double started = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  registry.read(Kind::counter, "process_cpu_seconds_total", "Processor time, user and system.", cpu_seconds);
  registry.read(Kind::gauge, "process_resident_memory_bytes", "Memory in use.", resident_bytes);
  registry.read(Kind::gauge, "process_open_fds", "Open files and sockets.", open_files);
  registry.read(Kind::gauge, "process_start_time_seconds", "When the process began, since the epoch.",
                [started] { return started; });
}

void add_traffic_metrics(metrics::Registry& registry, const net::Traffic& traffic) {
  const auto number = [&](Kind kind, std::string name, std::string help, std::uint64_t net::Traffic::* member) {
    registry.read(kind, std::move(name), std::move(help),
                  [&traffic, member] { return static_cast<double>(traffic.*member); });
  };
  number(Kind::gauge, "stepwell_connections", "Open connections.", &net::Traffic::connections);
  number(Kind::counter, "stepwell_connections_accepted_total", "Connections that were accepted.",
         &net::Traffic::accepted);
  number(Kind::counter, "stepwell_connections_turned_away_total", "Connections beyond what one address may have.",
         &net::Traffic::turned_away);
  number(Kind::counter, "stepwell_tls_handshakes_failed_total", "TLS handshakes that failed.",
         &net::Traffic::failed_handshakes);
  number(Kind::gauge, "stepwell_requests_open", "Requests under way, long polls included.", &net::Traffic::requests);
  number(Kind::counter, "stepwell_requests_refused_total", "Requests refused before they reached a service.",
         &net::Traffic::refused);
  number(Kind::counter, "stepwell_received_bytes_total", "Bytes received.", &net::Traffic::received_bytes);
  number(Kind::counter, "stepwell_sent_bytes_total", "Bytes sent.", &net::Traffic::sent_bytes);
}

void add_store_metrics(metrics::Registry& registry, const store::Store& store, std::string directory) {
  const auto statistic = [&](Kind kind, std::string name, std::string help, std::uint64_t store::Statistics::* member) {
    registry.read(kind, std::move(name), std::move(help),
                  [&store, member] { return static_cast<double>(store.statistics().*member); });
  };
  statistic(Kind::counter, "stepwell_store_commits_total", "Batches written.", &store::Statistics::commits);
  statistic(Kind::counter, "stepwell_store_writes_total",
            "Groups of batches written together, each with one sync (--sync always).", &store::Statistics::writes);
  statistic(Kind::counter, "stepwell_store_written_bytes_total", "Bytes of the batches.", &store::Statistics::bytes);
  if (directory.empty()) return;
  statistic(Kind::gauge, "stepwell_store_write_buffers_bytes", "Memory of writes that are not in files yet.",
            &store::Statistics::write_buffer_bytes);
  statistic(Kind::gauge, "stepwell_store_cache_bytes", "Memory of blocks read from files.",
            &store::Statistics::cache_bytes);
  registry.read(Kind::gauge, "stepwell_store_bytes", "Size of the store's files.",
                [directory = std::move(directory)] { return bytes_below(directory); });
}

}  // namespace stepwell::server
