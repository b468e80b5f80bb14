#pragma once
// One API call as the services see it: independent of protocol and transport.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/api_model.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace stepwell::wire {

struct Principal;

// Who asks, and where.
struct Caller {
  std::string account;  // twelve digits
  std::string region;
  std::string access_key;                        // empty: unsigned
  std::string request_id;                        // UUID, also given back to the client
  std::string trace_header;                      // X-Amzn-Trace-Id; empty: none
  std::string peer;                              // address and port that the request came from; empty: from inside
  bool is_secure = true;                         // came over TLS, or from inside
  std::string host{};                            // name and port the client has asked; empty: from inside
  std::shared_ptr<const Principal> principal{};  // nullptr: the server itself, or nobody is asked who they are
};

// A call on its way in. The dispatcher owns it until the reply is encoded; the operation may keep references to it for
// as long as it runs.
struct Call {
  const OperationModel* operation = nullptr;
  json::Arena arena;    // everything of `input` and of the reply's output lives here
  json::Value input;    // an object of the operation's input shape, validated; URI, query and header members included
  std::string payload;  // the raw body, where the input shape has a payload member of type blob
  Caller caller;
  std::stop_token gone;              // set when the client has left
  std::optional<Protocol> protocol;  // that the request was made in; none: it comes from inside

  // Members of the input; the shape has been checked, so the type is right. Absent and null are the same.
  bool has(std::string_view name) const;
  std::string_view text(std::string_view name) const;  // "" when absent
  std::optional<std::string_view> optional_text(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  bool flag(std::string_view name) const;                  // false when absent
  const json::Value* member(std::string_view name) const;  // nullptr when absent or null
};

// What an operation answers.
struct Reply {
  json::Value output;         // an object of the output shape, in the call's arena
  std::string payload;        // the raw body, where the output has a payload blob
  std::optional<int> status;  // when it is not the operation's usual one
  std::string detail;         // ours, shown beside AWS's answer; may be empty
};

// AWS JSON and REST JSON write timestamps as seconds since the epoch with milliseconds: 1714558830.123
json::Value epoch_seconds(json::Arena& arena, std::int64_t milliseconds);

}  // namespace stepwell::wire
