#pragma once
// The stages that have been asked for lately, compiled. A change of an API forgets what is known of it.

#include "services/apigateway/apis.h"
#include "services/apigateway/serving/stage.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepwell::apigateway {

// An API with all its stages that have a deployment, by name.
struct ServedApi {
  bool is_closed = false;  // disableExecuteApiEndpoint
  std::string account, region;
  std::map<std::string, std::shared_ptr<const Stage>, std::less<>> stages;
};

class Stages {
 public:
  explicit Stages(const Apis& apis) : apis_(apis) {}

  // nullptr: there is no such API.
  Result<std::shared_ptr<const ServedApi>> find(std::string_view api);
  void forget(std::string_view api);

 private:
  static constexpr std::size_t max_known = 256;
  Result<std::shared_ptr<const ServedApi>> load(std::string_view id) const;

  const Apis& apis_;
  std::unordered_map<std::string, std::shared_ptr<const ServedApi>> known_;
};

}  // namespace stepwell::apigateway
