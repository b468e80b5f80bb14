#pragma once
// Receipt handles. One names a receive of a message: the queue, the message, and how often it had been received. There
// is no table of them, so they hold across a restart.

#include "services/sqs/records.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sqs {

struct Receipt {
  QueueId queue = 0;
  Sequence sequence = 0;
  std::uint32_t receives = 0;
};

std::string receipt_handle(const Receipt& receipt);
// nullopt: that is none.
std::optional<Receipt> read_receipt_handle(std::string_view handle);

}  // namespace stepwell::sqs
