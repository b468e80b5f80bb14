#include "server/front.h"

#include <utility>

#include <fmt/format.h>

namespace stepwell::server {

Result<std::string> Front::open(const Address& address, Speaks speaks) {
  const bool tls = speaks == Speaks::tls;
  net::ServerSettings settings = settings_;
  if (!tls) settings.certificate = nullptr;
  auto opened = network_.open(address.host, address.port, std::move(settings));
  if (!opened) return fail(std::move(opened).error());
  const bool six = address.host.contains(':');
  ports_.push_back(std::move(*opened));
  return fmt::format("{}://{}{}{}:{}", tls ? "https" : "http", six ? "[" : "", address.host, six ? "]" : "",
                     ports_.back()->port());
}

void Front::drain(std::function<void()> done) {
  const auto left = std::make_shared<std::size_t>(ports_.size());
  for (const auto& port : ports_) {
    port->drain([left, done] {
      if (--*left == 0) done();
    });
  }
}

}  // namespace stepwell::server
