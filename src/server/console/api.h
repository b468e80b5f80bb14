#pragma once
// /_stepwell/api/: what the console asks beside AWS's operations (docs/console.md), with the permissions that AWS's
// operations for the same need. Failures are told as AWS JSON does.
//
//   GET server                                      what this server is; for anybody
//   GET executions?machine&status&name&text&from&to&limit&after      search (services/states/execution_search.h)
//   GET figures?machine&from&to&slots&after         how states fare (services/states/state_figures.h)
//   GET runs?expression&zone&start&until&count      when a schedule runs next
//   GET events?execution&after                      history as it grows: server-sent events (history_stream.h)
//   GET event?execution&id                          one event, whole
//   POST fork {execution,event,input,variables}     a new execution that begins there (services/states/fork.h)

#include "base/http.h"
#include "base/task.h"
#include "base/workers.h"
#include "server/node.h"
#include "services/states/execution_search.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::server::console {

bool is_api(std::string_view target);
bool is_for_anybody(std::string_view target);
http::Response refusal(const Error& error);

struct Facts {
  std::string version;
  std::string region;
  bool credentials = false;  // every request has to be signed
};

class Api {
 public:
  Api(Node& node, Facts facts);

  http::Response facts(const wire::Caller& caller) const;
  // `call` says who asks.
  Task<http::Response> answer(http::Request request, wire::Call call);

 private:
  Task<Result<http::Response>> route(http::Request& request, wire::Call& call);
  Task<Result<http::Response>> executions(std::string_view query, wire::Call& call);
  Task<Result<http::Response>> figures(std::string_view query, wire::Call& call);
  Result<http::Response> runs(std::string_view query, wire::Call& call) const;
  Result<http::Response> events(std::string_view query, wire::Call& call) const;
  Result<http::Response> event(std::string_view query, wire::Call& call) const;
  Task<Result<http::Response>> fork(std::string body, wire::Call& call);
  Result<void> authorize_search(const states::ExecutionSearch& search, wire::Call& call) const;
  Result<void> authorize(std::string_view operation, std::string_view member, std::string_view arn,
                         wire::Call& call) const;

  Task<Result<states::SearchPart>> search(const states::ExecutionSearch& search,
                                          std::optional<states::SearchPosition> after, std::size_t limit);

  Node* node_;
  Facts facts_;
  const std::size_t threads_;
  Workers workers_;  // on what is asked of many executions
};

}  // namespace stepwell::server::console
