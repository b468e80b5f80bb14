#include "services/sqs/names.h"

#include "crypto/hash.h"
#include "services/sqs/errors.h"
#include "store/codec.h"
#include "wire/arn.h"

#include <algorithm>

namespace stepwell::sqs {
namespace {

bool is_account(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string queue_arn(std::string_view region, std::string_view account, std::string_view name) {
  return fmt::format("arn:aws:sqs:{}:{}:{}", region, account, name);
}

std::string_view name_of(std::string_view arn) {
  const auto parsed = wire::Arn::parse(arn);
  return parsed && parsed->service == "sqs" ? parsed->resource : std::string_view{};
}

Result<std::string> arn_of_url(const wire::Caller& caller, std::string_view url) {
  std::string_view path = url.substr(0, url.find_first_of("?#"));
  if (const std::size_t scheme = path.find("://"); scheme != std::string_view::npos) {
    path.remove_prefix(scheme + 3);
    path.remove_prefix(std::min(path.find('/'), path.size()));
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t name = path.rfind('/');
  const std::size_t account = name == 0 || name == std::string_view::npos ? name : path.rfind('/', name - 1);
  if (name == std::string_view::npos || account == std::string_view::npos) return fail(errors::invalid_address(url));
  const std::string_view owner = path.substr(account + 1, name - account - 1);
  if (!is_account(owner) || name + 1 == path.size()) return fail(errors::invalid_address(url));
  return queue_arn(caller.region, owner, path.substr(name + 1));
}

std::string url_of(const wire::Caller& caller, std::string_view own_url, std::string_view arn) {
  const auto parsed = wire::Arn::parse(arn);
  if (!caller.host.empty()) {
    return fmt::format("{}://{}/{}/{}", caller.is_secure ? "https" : "http", caller.host, parsed->account,
                       parsed->resource);
  }
  while (own_url.ends_with('/')) own_url.remove_suffix(1);
  return fmt::format("{}/{}/{}", own_url, parsed->account, parsed->resource);
}

std::string task_handle(const TaskHandle& handle) {
  return crypto::base64_encode(store::KeyWriter().text(handle.id).text(handle.source).take());
}

std::optional<TaskHandle> read_task_handle(std::string_view text) {
  const auto bytes = crypto::base64_decode(text);
  if (!bytes) return std::nullopt;
  store::KeyReader in(*bytes);
  TaskHandle handle;
  handle.id = in.text();
  handle.source = in.text();
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return handle;
}

}  // namespace stepwell::sqs
