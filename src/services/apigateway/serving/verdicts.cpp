#include "services/apigateway/serving/verdicts.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/policy/evaluate.h"
#include "lang/policy/parse.h"

namespace stepwell::apigateway {

bool Verdict::allows(std::string_view route_arn) const {
  if (!document) return is_authorized;
  const policy::KnownContext nothing;
  return policy::evaluate(*document, {.action = "execute-api:Invoke", .resource = route_arn, .context = nothing})
             .verdict == policy::Verdict::allowed;
}

std::shared_ptr<const Verdict> read_verdict(std::string_view answer, bool simple) {
  auto verdict = std::make_shared<Verdict>();
  const auto parsed = json::parse_copy(verdict->arena, answer, {.max_depth = 64});
  if (!parsed || !parsed->is_object()) return nullptr;
  const json::Value* context = parsed->find("context");
  if (context != nullptr && context->is_object()) verdict->context = *context;
  if (simple) {
    const json::Value* authorized = parsed->find("isAuthorized");
    if (authorized == nullptr || !authorized->is_boolean()) return nullptr;
    verdict->is_authorized = authorized->as_boolean();
    return verdict;
  }
  verdict->principal_id = json::text_of(*parsed, "principalId");
  const json::Value* given = parsed->find("policyDocument");
  if (given == nullptr) return nullptr;
  auto document = policy::parse(json::print(*given), policy::DocumentKind::identity);
  if (!document) return nullptr;
  verdict->document = std::move(*document);
  // An answer without a context still tells whom it has let in.
  if (verdict->context.is_null()) verdict->context = json::Value::object(verdict->arena, {});
  return verdict;
}

std::string Verdicts::key_of(std::string_view api, std::string_view authorizer, std::span<const std::string> identity) {
  std::string key = fmt::format("{}/{}", api, authorizer);
  for (const std::string& value : identity) key += fmt::format("/{}:{}", value.size(), value);
  return key;
}

std::shared_ptr<const Verdict> Verdicts::find(const std::string& key) const {
  const auto found = kept_.find(key);
  return found == kept_.end() || found->second.until <= clock_.now() ? nullptr : found->second.verdict;
}

void Verdicts::keep(const std::string& key, std::shared_ptr<const Verdict> verdict, std::chrono::seconds time) {
  const Timestamp now = clock_.now();
  if (kept_.size() >= max_kept) std::erase_if(kept_, [&](const auto& kept) { return kept.second.until <= now; });
  if (kept_.size() >= max_kept) kept_.clear();
  kept_.insert_or_assign(key, Kept{.verdict = std::move(verdict), .until = now + time});
}

void Verdicts::forget(std::string_view api) {
  const std::string prefix = fmt::format("{}/", api);
  std::erase_if(kept_, [&](const auto& kept) { return kept.first.starts_with(prefix); });
}

}  // namespace stepwell::apigateway
