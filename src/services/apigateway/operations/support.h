#pragma once
// What several operations do in the same way. What an operation takes and shows are the members that the API model
// gives its input and output.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/gateway.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

using json::elements_of;
using json::object_of;
using json::text_of;
using json::with;

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// How a kind of parts is called.
struct KindNames {
  std::string_view id_member;  // "routeId"
  std::string_view error;      // "Route"
};
KindNames names_of(Kind kind);

// The API that apiId names, of the caller's account and region. Error NotFoundException.
Result<Api> find_api(const Gateway& gateway, const wire::Call& call);
// The same with its parts, to be changed.
Result<Draft> find_draft(const Gateway& gateway, const wire::Call& call);
Error part_not_found(Kind kind, std::string_view id);

// A document, which has been valid when it was written.
json::Value read(json::Arena& arena, std::string_view document);
bool flag_of(const json::Value& object, std::string_view name);

// The members of the body of the input.
json::Value given(const wire::Call& call, json::Arena& arena);
// Those of the operation's output.
json::Value shown(wire::Call& call, const json::Value& document);
// `document` with what the input gives. Members that are maps are changed entry by entry: an empty value takes an entry
// away.
json::Value updated(wire::Call& call, const json::Value& document, std::initializer_list<std::string_view> maps = {});
// `document` with those members where it has none of them.
json::Value with_defaults(json::Arena& arena, const json::Value& document, std::initializer_list<json::Member> members);

// Error BadRequestException where the input has one of the members, which only WebSocket APIs have.
Result<void> refuse_members(const wire::Call& call, std::initializer_list<std::string_view> members);

// Get…, Gets… and Delete… of a part.
Task<Result<wire::Reply>> get_part(Gateway& gateway, wire::Call& call, Kind kind);
Task<Result<wire::Reply>> list_parts(Gateway& gateway, wire::Call& call, Kind kind);

// maxResults and nextToken.
struct Page {
  std::size_t limit = 0;
  std::string after;
};
Result<Page> read_page(const wire::Call& call);
std::string token_of(std::string_view last);

// Writes what the draft holds, deployed where stages want it at once.
Task<Result<void>> save(Draft& draft);

}  // namespace stepwell::apigateway
