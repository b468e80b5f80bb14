#pragma once
// An API as it is to be: its parts in memory, changes made to them, and the commit that brings the changes about.
//
//   CO_TRY_ASSIGN(Draft draft, Draft::load(gateway, api));
//   draft.put(Kind::route, id, document);
//   draft.deploy_automatically();
//   CO_TRY(co_await draft.commit());

#include "base/ports.h"
#include "services/apigateway/apis.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

class Draft {
 public:
  struct Ports {
    Apis& apis;
    Clock& clock;
    Random& random;
  };
  // A new API has no parts.
  Draft(const Ports& ports, Api api) : ports_(ports), api_(std::move(api)) {}
  static Result<Draft> load(const Ports& ports, Api api);

  const Api& api() const { return api_; }
  const Parts& parts() const { return parts_; }
  const std::string* find(Kind kind, std::string_view id) const;  // the document; nullptr: there is none
  std::size_t count(Kind kind) const;

  void put_api(std::string document);
  void put(Kind kind, std::string_view id, std::string document);
  void erase(Kind kind, std::string_view id);
  // A deployment of what is there now; its id.
  std::string deploy(std::string_view description, bool automatic = false);
  // The same for every stage that wants it, if any does; deployments that it has made before and no stage needs any
  // more go.
  void deploy_automatically();
  Task<Result<void>> commit() { return ports_.apis.commit(api_.id, std::move(batch_)); }

  // Letters and digits, as AWS makes ids.
  std::string new_id(std::size_t length) const;
  std::string now() const;  // as AWS writes dates: 2024-05-01T10:20:30Z

 private:
  std::string snapshot() const;
  void forget_automatic(std::string_view but);

  Ports ports_;
  Api api_;
  Parts parts_;
  store::Batch batch_;
};

}  // namespace stepwell::apigateway
