#pragma once
// One attempt of a delivery.

#include "base/http_client.h"
#include "base/task.h"
#include "services/deliveries/connections.h"
#include "services/deliveries/delivery.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <string>
#include <string_view>

namespace stepwell::deliveries {

class Sender {
 public:
  Sender(directory::Directory& directory, http::Client& client) : directory_(directory), client_(client) {}
  void use(Connections& connections) { connections_ = &connections; }

  // The effect as part of the commit of `batch`. Error "NotFoldable", or the target's; `batch` is as it was then.
  Result<void> fold(const Delivery& delivery, std::string_view request_id, store::Batch& batch);
  // `delivery` outlives the task.
  Task<Result<void>> send(const Delivery& delivery, std::string request_id);

 private:
  Result<void> prepare(const Delivery& delivery, const ServiceCall& what, std::string_view request_id,
                       wire::Call& call) const;
  Task<Result<void>> call(const Delivery& delivery, const ServiceCall& what, std::string request_id);
  Task<Result<void>> request(const HttpRequest& what);

  directory::Directory& directory_;
  http::Client& client_;
  Connections* connections_ = nullptr;
};

}  // namespace stepwell::deliveries
