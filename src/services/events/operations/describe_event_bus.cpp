#include "services/events/operations/show_bus.h"

namespace stepwell::events {

Task<Result<wire::Reply>> describe_event_bus(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "Name"));
  const json::Value more =
      pick(call.arena, read(call.arena, bus->document), {"KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"});
  co_return reply_with(with(call.arena, show_bus(call.arena, *bus), more.members()));
}

}  // namespace stepwell::events
