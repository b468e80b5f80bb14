#include "services/states/arns.h"

#include "services/states/errors.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t max_name_bytes = 4 * 80;  // of 80 characters

std::string make_arn(const wire::Caller& caller, std::string_view type, std::string_view name) {
  return fmt::format("arn:aws:states:{}:{}:{}:{}", caller.region, caller.account, type, name);
}

bool is_region(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}
bool is_account(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The parsed ARN of the service, whose resource begins with `type`; the rest of the resource is left in `rest`.
Result<wire::Arn> read(std::string_view text, std::string_view type, std::string_view& rest) {
  if (!text.starts_with("arn:")) return fail(errors::invalid_arn(fmt::format("Invalid ARN prefix: {}", text)));
  const auto arn = wire::Arn::parse(text);
  if (!arn) return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", text)));
  if (arn->service != "states") return fail(errors::invalid_arn(fmt::format("Invalid service name: {}", arn->service)));
  if (!arn->partition.starts_with("aws") || !is_region(arn->region) || !is_account(arn->account)) {
    return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", text)));
  }
  const std::size_t colon = arn->resource.find(':');
  const std::string_view found = arn->resource.substr(0, colon);
  if (colon == std::string_view::npos || found != type) {
    return fail(errors::invalid_arn(fmt::format("Resource type not valid in this context: {}", found)));
  }
  rest = arn->resource.substr(colon + 1);
  return *arn;
}

// What AWS forbids in names beside control characters.
constexpr auto forbidden = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view(" \t\n\r?*<>{}[]\"#%\\^|~`$&,;:/")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// The name that an ARN holds must be one that could have been given.
Result<void> check_name_in(std::string_view arn, std::string_view name) {
  if (!name.empty() && name.size() <= max_name_bytes && check_name(name)) return {};
  return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", arn)));
}

}  // namespace

std::string machine_arn(const wire::Caller& caller, std::string_view name) {
  return make_arn(caller, "stateMachine", name);
}
std::string activity_arn(const wire::Caller& caller, std::string_view name) {
  return make_arn(caller, "activity", name);
}

std::string version_arn(std::string_view machine_arn, VersionNumber number) {
  return fmt::format("{}:{}", machine_arn, number);
}
std::string alias_arn(std::string_view machine_arn, std::string_view name) {
  return fmt::format("{}:{}", machine_arn, name);
}

VersionNumber MachineReference::version() const {
  VersionNumber number = 0;
  const char* const end = qualifier.data() + qualifier.size();
  const auto [stopped, error] = std::from_chars(qualifier.data(), end, number);
  // Names of aliases are no numbers, and versions are written without leading zeros.
  return error == std::errc{} && stopped == end && !qualifier.starts_with('0') ? number : 0;
}

Result<MachineReference> read_machine_arn(std::string_view text) {
  std::string_view rest;
  TRY(read(text, "stateMachine", rest));
  const std::size_t colon = rest.find(':');
  const std::string_view name = rest.substr(0, colon);
  TRY(check_name_in(text, name.substr(0, name.find('/'))));
  if (colon == std::string_view::npos) return MachineReference{std::string(text), {}};
  return MachineReference{std::string(text.substr(0, text.size() - rest.size() + colon)),
                          std::string(rest.substr(colon + 1))};
}

Result<ExecutionReference> read_execution_arn(std::string_view text) {
  std::string_view rest;
  TRY_ASSIGN(const wire::Arn arn, read(text, "execution", rest));
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", text)));
  return ExecutionReference{
      fmt::format("arn:{}:states:{}:{}:stateMachine:{}", arn.partition, arn.region, arn.account, rest.substr(0, colon)),
      std::string(rest.substr(colon + 1))};
}

Result<void> check_activity_arn(std::string_view text) {
  std::string_view rest;
  TRY(read(text, "activity", rest));
  return check_name_in(text, rest);
}

Result<void> check_map_run_arn(std::string_view text) {
  std::string_view rest;
  TRY(read(text, "mapRun", rest));
  const std::size_t slash = rest.find('/');
  const std::size_t colon = slash == std::string_view::npos ? slash : rest.find(':', slash);
  if (colon == std::string_view::npos) return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", text)));
  return {};
}

Result<void> check_role_arn(std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "iam") return fail(errors::invalid_arn(fmt::format("Invalid Role Arn: {}", text)));
  return {};
}

Result<void> check_name(std::string_view name) {
  // Controls are U+0000–001F and U+007F–009F; the latter are 0xC2 0x80–0x9F in UTF-8.
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool high_control = c == 0xC2 && i + 1 < name.size() && static_cast<unsigned char>(name[i + 1]) < 0xA0;
    if (c < 0x20 || c == 0x7F || high_control || forbidden[c]) {
      return fail(errors::invalid_name(name));
    }
  }
  return {};
}

}  // namespace stepwell::states
