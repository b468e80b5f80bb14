#pragma once
// What several operations do in the same way.

#include "base/error.h"
#include "engine/queries.h"
#include "lang/asl/machine.h"
#include "lang/asl/validation/validate.h"
#include "lang/json/build.h"
#include "services/states/arns.h"
#include "services/states/errors.h"
#include "services/states/states.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::states {

// A reply of this output.
inline wire::Reply reply(json::Value output) { return {.output = output, .payload = {}, .status = {}, .detail = {}}; }

// Seconds since the epoch, as the API writes dates.
json::Value date(json::Arena& arena, Timestamp time);

// The JSON text kept in a record, as a value of the reply.
json::Value stored_json(json::Arena& arena, std::string_view text);

// Which variables each state reads, where any does.
void add_variable_references(json::ObjectBuilder& output, json::Arena& arena, const asl::Machine& machine);

// Error InvalidDefinition with AWS's message; `detail` tells each place by line and column.
Result<void> check_definition(std::string_view definition, asl::MachineType type);

// A payload that a caller sends: valid JSON within the limit, told in AWS's words otherwise.
Result<void> check_json(std::string_view text, Error (*refusal)(std::string_view why));

// The execution an ARN names. Errors: InvalidArn, ExecutionDoesNotExist.
Result<engine::ExecutionId> find_execution(const States& states, std::string_view arn);

// What StartExecution and StartSyncExecution have in common: the machine, the name (made where none is given), the
// input.
Result<engine::StartRequest> read_start(States& states, const wire::Call& call);

// The page to read: the position that nextToken holds (empty: the first page) and how many (0 means `usual`).
struct Page {
  std::string position;
  std::size_t limit = 0;
};
Result<Page> read_page(const States& states, const wire::Call& call, std::string_view listing, std::size_t usual);

// loggingConfiguration and the like as they are kept: what the caller gave, or AWS's default.
std::string configuration_of(const wire::Call& call, std::string_view member, std::string_view otherwise);
// The loggingConfiguration with AWS's defaults for what it leaves out. Error InvalidLoggingConfiguration.
Result<std::string> logging_of(const wire::Call& call, std::string_view otherwise);
// The encryptionConfiguration likewise. Error InvalidEncryptionConfiguration.
Result<std::string> encryption_of(const wire::Call& call, std::string_view otherwise);
// Says in the reply's detail that a key of the caller's is kept, but nothing is encrypted with it here.
void add_encryption_limit(wire::Reply& answer, std::string_view encryption);

inline constexpr std::size_t max_aliases = 100;  // of a machine
// Whether one more version of the machine may be published. Error ServiceQuotaExceededException.
Result<void> check_versions(const States& states, std::string_view machine_arn);
// The refusal of an operation that takes no ARN of a machine's distributed map.
Error labelled(const wire::Call& call);

// The text of versionDescription. Error ValidationException where no version is published.
Result<std::string> version_description_of(const wire::Call& call);

// "arn:aws:states:<region>:<account>:stateMachine:" — what the ARNs of a caller's resources begin with.
std::string arn_prefix(const wire::Caller& caller, std::string_view type);

}  // namespace stepwell::states
