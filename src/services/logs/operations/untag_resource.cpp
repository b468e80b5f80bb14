#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> untag_resource(Logs& logs, wire::Call& call) {
  return remove_tags(logs, call, find_resource, "tagKeys");
}

}  // namespace stepwell::logs
