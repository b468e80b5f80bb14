#pragma once
// Taking events in: what AWS asks of the events of one PutLogEvents call, and their way into a batch.

#include "services/logs/logs.h"

#include <optional>
#include <vector>

namespace stepwell::logs {

struct Intake {
  std::vector<NewEvent> events;  // those that are taken
  // Indices among the events given, as RejectedLogEventsInfo tells them.
  std::optional<std::size_t> too_new_start, too_old_end, expired_end;
};

// Errors: InvalidParameterException for events that are too large, too many bytes, out of order or over more than a
// day. `retention_days` 0: for ever.
Result<Intake> take_in(const wire::Call& call, Timestamp now, std::uint32_t retention_days);

// What becomes of a stream that is not there: services make the streams that they write to, others have to.
enum class Missing : std::uint8_t { refused, made };

// PutLogEvents as part of a commit. Errors: those of take_in, ResourceNotFoundException for the group or stream.
Result<wire::Reply> fold_put_log_events(Logs& logs, wire::Call& call, store::Batch& batch, Missing stream);
// CreateLogStream likewise. Errors: ResourceAlreadyExistsException, ResourceNotFoundException for the group.
Result<wire::Reply> fold_create_log_stream(Logs& logs, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::logs
