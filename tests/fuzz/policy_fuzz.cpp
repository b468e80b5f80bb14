// The first part is a policy document, the others are an action, a resource and a value of the context. Whatever is
// read must be decided within its bounds, and a Deny for everything is the end of it.
#include "base/check.h"
#include "lang/policy/evaluate.h"
#include "lang/policy/parse.h"
#include "parts.h"

#include <cstdint>

namespace stepwell::policy {
namespace {

constexpr std::string_view keys[] = {"aws:username", "aws:SourceIp", "aws:CurrentTime", "aws:SourceArn", "s3:max-keys"};

void check_kind(std::string_view text, DocumentKind kind, const Request& request) {
  auto document = parse(text, kind);
  if (!document) {
    CHECK(document.error().code == "MalformedPolicyDocumentException" && !document.error().message.empty());
    return;
  }
  CHECK(!document->statements.empty());
  const Finding finding = evaluate(*document, request);
  CHECK(finding.verdict == Verdict::implicitly_denied || finding.statement != nullptr ||
        finding.verdict == Verdict::explicitly_denied);
  const auto all = parse(R"({"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})", DocumentKind::identity);
  document->statements.insert(document->statements.end(), all->statements.begin(), all->statements.end());
  CHECK(evaluate(*document, request).verdict == Verdict::explicitly_denied);
}

void check(std::string_view input) {
  const std::string_view text = take_part(input);
  const std::string action(take_part(input));
  const std::string resource(take_part(input));
  KnownContext context;
  for (const std::string_view key : keys) context.add(std::string(key), std::string(input));
  const Request request{.action = action,
                        .resource = resource,
                        .context = context,
                        .actor = {.arn = resource, .account = "123456789012", .service = input}};
  check_kind(text, DocumentKind::identity, request);
  check_kind(text, DocumentKind::trust, request);
}

}  // namespace
}  // namespace stepwell::policy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::policy::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
