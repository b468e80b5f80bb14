#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> tag_resource(Logs& logs, wire::Call& call) { return add_tags(logs, call, find_resource); }

}  // namespace stepwell::logs
