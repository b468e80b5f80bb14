#include "server/backups.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <filesystem>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

Error refusal(int status, std::string code, std::string message) {
  return {
      .fault = Fault::client, .code = std::move(code), .message = std::move(message), .detail = {}, .status = status};
}

http::Response json_page(int status, json::Value body) {
  http::Response response{.status = status, .headers = {}, .body = json::print(body) + "\n"};
  response.headers.add("Content-Type", "application/json");
  return response;
}

// Only pages of this server could send this type without being asked: a browser sends it nowhere else unasked.
bool is_json(const http::Request& request) {
  return request.headers.get("Content-Type").starts_with("application/json");
}

}  // namespace

http::Response Backups::answer(const http::Request& request) {
  if (request.method == "GET" || request.method == "HEAD") return state();
  Result<void> begun = fail(refusal(405, "MethodNotAllowed", "Use GET or POST."));
  if (request.method == "POST") begun = begin(request);
  if (begun) return state();
  const Error& error = begun.error();
  json::Arena arena;
  return json_page(error.status == 0 ? 400 : error.status,
                   json::ObjectBuilder(arena).add("code", error.code).add("message", error.message).build());
}

Result<void> Backups::begin(const http::Request& request) {
  if (!is_json(request)) return fail(refusal(415, "UnsupportedMediaType", "Send application/json."));
  json::Arena arena;
  const auto body = json::parse(arena, request.body);
  const json::Value* to = body && body->is_object() ? body->find("to") : nullptr;
  if (to == nullptr || !to->is_string() || !std::filesystem::path(to->as_string()).is_absolute()) {
    return fail(refusal(400, "InvalidFolder", R"(Send {"to": "/the/folder/to/write"}, from the root on.)"));
  }
  std::string folder(to->as_string());
  if (store_ == nullptr) return fail(refusal(409, "NothingOnDisk", "This server keeps everything in memory."));
  const std::lock_guard lock(mutex_);
  if (running_) return fail(refusal(409, "BackupUnderWay", fmt::format("A backup into {} is under way.", folder_)));
  folder_ = folder;
  bytes_ = total_ = 0;
  failure_ = {};
  running_ = true;
  thread_ = std::jthread([this, folder = std::move(folder)](const std::stop_token& stop) { run(folder, stop); });
  return {};
}

void Backups::run(std::string folder, const std::stop_token& stop) {
  const auto progress = [this](std::uint64_t bytes, std::uint64_t total) {
    const std::lock_guard lock(mutex_);
    bytes_ = bytes;
    total_ = total;
  };
  const auto facts = store_->backup(folder, progress, stop);
  if (facts)
    log_.info(fmt::format("backup: {} bytes are in {}", facts->bytes, folder));
  else
    log_.error(fmt::format("backup into {}: {}", folder, facts.error().message));
  const std::lock_guard lock(mutex_);
  running_ = false;
  if (facts)
    bytes_ = total_ = facts->bytes;
  else
    failure_ = facts.error();
}

http::Response Backups::state() const {
  json::Arena arena;
  json::ObjectBuilder body(arena);
  const std::lock_guard lock(mutex_);
  const bool failed = !failure_.code.empty();
  const std::string_view state = folder_.empty() ? "none" : running_ ? "running" : failed ? "failed" : "done";
  body.add("state", state);
  if (!folder_.empty()) {
    body.add("to", folder_);
    body.add("bytes", static_cast<std::int64_t>(bytes_));
    body.add("total", static_cast<std::int64_t>(total_));
  }
  if (failed) body.add("code", failure_.code).add("message", failure_.message);
  return json_page(running_ ? 202 : 200, body.build());
}

}  // namespace stepwell::server
