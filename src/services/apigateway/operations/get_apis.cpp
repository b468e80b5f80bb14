#include "services/apigateway/operations/api_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_apis(Gateway& gateway, wire::Call& call) {
  CO_TRY_ASSIGN(const Page page, read_page(call));
  CO_TRY_ASSIGN(auto apis, gateway.apis.list(call.caller.account, call.caller.region, page.after, page.limit + 1));
  json::ObjectBuilder output(call.arena);
  if (apis.size() > page.limit) {
    apis.pop_back();
    output.add("nextToken", token_of(apis.back().id));
  }
  std::vector<json::Value> items;
  for (const Api& api : apis) items.push_back(show_api(gateway, call.arena, api));
  co_return reply_with(output.add("items", json::make_array(call.arena, items)).build());
}

}  // namespace stepwell::apigateway
