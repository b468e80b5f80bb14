#include "lang/asl/validation/report.h"
#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> validate_state_machine_definition(States&, wire::Call& call) {
  const auto type = call.text("type") == "EXPRESS" ? asl::MachineType::express : asl::MachineType::standard;
  const auto diagnostics = asl::validate(call.text("definition"), type);
  const auto limit = static_cast<std::size_t>(call.integer("maxResults").value_or(0));
  const bool errors_only = call.optional_text("severity").value_or("ERROR") == "ERROR";
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  bool valid = true;
  bool truncated = false;
  for (const asl::Diagnostic& diagnostic : diagnostics) {
    const bool error = diagnostic.severity == asl::Severity::error;
    valid = valid && !error;
    if (!error && errors_only) continue;
    if (items.size() == (limit == 0 ? 100 : limit)) {
      truncated = true;
      break;
    }
    json::ObjectBuilder item(arena);
    item.add("severity", error ? "ERROR" : "WARNING");
    item.add("code", diagnostic.code);
    item.add("message", diagnostic.message);
    if (diagnostic.location) item.add("location", *diagnostic.location);
    items.push_back(item.build());
  }
  json::ObjectBuilder output(arena);
  output.add("result", valid ? "OK" : "FAIL");
  output.add("diagnostics", json::make_array(arena, items));
  output.add("truncated", truncated);
  wire::Reply answer = reply(output.build());
  answer.detail = asl::report("definition", call.text("definition"), diagnostics);
  co_return answer;
}

}  // namespace stepwell::states
