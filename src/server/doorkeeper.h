#pragma once
// Decides at the header of a request whether it is let in: is it meant for this server, does it come from where it may
// come from, is there room for it, is its body small enough for what it asks. Refusals have AWS's form.

#include "base/ports.h"
#include "net/admission.h"
#include "server/host_names.h"
#include "services/directory/directory.h"

#include <string>

namespace stepwell::server {

enum class Callers {
  anybody,  // no credentials are asked for: the host and the origin of a request are all there is to go by
  known,    // every request's signature is verified
};

class Doorkeeper {
 public:
  struct Limits {
    std::size_t max_requests = 8'000;
    std::size_t max_large_body_bytes = 512U << 20U;  // in all requests together
  };

  Doorkeeper(const directory::Directory& directory, Random& random, Callers callers, HostNames names, Limits limits)
      : directory_(directory), random_(random), callers_(callers), names_(std::move(names)), limits_(limits) {}

  net::Admission admit(const http::Request& header, std::optional<std::uint64_t> body_bytes, const net::Load& load);

 private:
  net::Admission admit_to_api(std::optional<std::uint64_t> body_bytes, const net::Load& load);
  std::optional<Error> misdirected(const http::Request& header) const;
  bool is_overloaded(const net::Load& load) const;
  http::Response refuse(const http::Request& header, const wire::ApiModel* model, const Error& error);

  const directory::Directory& directory_;
  Random& random_;
  const Callers callers_;
  const HostNames names_;
  const Limits limits_;
};

}  // namespace stepwell::server
