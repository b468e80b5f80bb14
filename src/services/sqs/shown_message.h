#pragma once
// A message as ReceiveMessage shows it, with the attributes that were asked for.

#include "lang/json/value.h"
#include "services/sqs/queue.h"
#include "wire/call.h"

#include <string>
#include <vector>

namespace stepwell::sqs {

// What was asked for. The names are the call's.
struct Shown {
  bool all_system = false;
  std::vector<std::string_view> system;
  bool all_attributes = false;
  std::vector<std::string_view> attributes;  // names, or beginnings of names that end with .*
};

// AttributeNames, MessageSystemAttributeNames and MessageAttributeNames. Error InvalidAttributeName.
Result<Shown> read_shown(const wire::Call& call);

json::Value show_message(json::Arena& arena, const Delivery& delivery, const Shown& shown, bool fifo);

}  // namespace stepwell::sqs
