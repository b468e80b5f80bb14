#include "server/config/aws_profile.h"

#include "server/files.h"

#include <filesystem>
#include <map>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

Error unusable(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Of "[profile work]" and "[work]": work.
std::string_view section_name(std::string_view line) {
  std::string_view name = trimmed(line.substr(1, line.find(']') - 1));
  constexpr std::string_view prefix = "profile ";
  if (name.starts_with(prefix)) name = trimmed(name.substr(prefix.size()));
  return name;
}

// Adds what the file says of the profile; whether it says anything.
bool read_profile(std::string_view text, std::string_view profile, Fields& fields) {
  bool found = false;
  bool inside = false;
  while (!text.empty()) {
    const std::string_view raw = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(raw.size() + 1, text.size()));
    const std::string_view line = trimmed(raw);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      inside = section_name(line) == profile;
      found = found || inside;
    } else if (const auto equals = line.find('='); inside && equals != std::string_view::npos) {
      fields.try_emplace(std::string(trimmed(line.substr(0, equals))), trimmed(line.substr(equals + 1)));
    }
  }
  return found;
}

std::string path_of(const Environment& environment, const std::string& variable, std::string_view name) {
  if (auto path = environment(variable)) return *std::move(path);
  const auto home = environment("HOME");
  return home ? fmt::format("{}/.aws/{}", *home, name) : std::string();
}

Result<bool> read_files(const Environment& environment, std::string_view profile, Fields& fields) {
  bool found = false;
  for (const auto& path : {path_of(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
                           path_of(environment, "AWS_CONFIG_FILE", "config")}) {
    std::error_code ignored;
    if (path.empty() || !std::filesystem::exists(path, ignored)) continue;
    TRY_ASSIGN(const std::string text, read_file(path));
    found = read_profile(text, profile, fields) || found;
  }
  return found;
}

std::string field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

Result<std::optional<wire::Credentials>> keys_of(std::string_view profile, const Fields& fields, bool wanted) {
  wire::Credentials keys{.access_key = field(fields, "aws_access_key_id"),
                         .secret_key = field(fields, "aws_secret_access_key"),
                         .session_token = field(fields, "aws_session_token")};
  if (!keys.access_key.empty() && !keys.secret_key.empty()) return keys;
  if (!wanted) return std::nullopt;
  for (const std::string_view other : {"role_arn", "sso_session", "sso_start_url", "credential_process"}) {
    if (!fields.contains(other)) continue;
    return fail(
        unusable("UnusableProfile",
                 fmt::format("The profile '{}' gets its keys by {}, which Stepwell does not do.", profile, other)));
  }
  return fail(unusable("UnusableProfile", fmt::format("The profile '{}' has no keys.", profile)));
}

}  // namespace

Result<std::optional<wire::Credentials>> find_credentials(const Environment& environment, const std::string& profile) {
  const auto access_key = environment("AWS_ACCESS_KEY_ID");
  const auto secret_key = environment("AWS_SECRET_ACCESS_KEY");
  if (profile.empty() && access_key.has_value() != secret_key.has_value()) {
    return fail(unusable("IncompleteCredentials",
                         "Of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set in the environment."));
  }
  if (profile.empty() && access_key) {
    return wire::Credentials{.access_key = *access_key,
                             .secret_key = *secret_key,
                             .session_token = environment("AWS_SESSION_TOKEN").value_or("")};
  }
  const auto named = environment("AWS_PROFILE");
  const std::string name = !profile.empty() ? profile : named.value_or("default");
  const bool wanted = !profile.empty() || named;
  Fields fields;
  TRY_ASSIGN(const bool found, read_files(environment, name, fields));
  if (!found && wanted) {
    return fail(unusable("NoSuchProfile",
                         fmt::format("There is no profile '{}' in ~/.aws/credentials or ~/.aws/config.", name)));
  }
  return keys_of(name, fields, wanted);
}

}  // namespace stepwell::server
