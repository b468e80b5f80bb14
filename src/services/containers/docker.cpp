#include "services/containers/docker.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/containers/errors.h"
#include "wire/percent.h"

#include <fmt/format.h>

namespace stepwell::containers {
namespace {

constexpr int killed = 137;  // 128 and SIGKILL

json::Value texts(json::Arena& arena, const std::vector<std::string>& list) {
  std::vector<json::Value> values;
  values.reserve(list.size());
  for (const std::string& text : list) values.push_back(json::make_string(arena, text));
  return json::make_array(arena, values);
}

json::Value limit(json::Arena& arena, std::string_view name, std::uint64_t value) {
  const auto number = static_cast<std::int64_t>(value);
  return json::ObjectBuilder(arena).add("Name", name).add("Soft", number).add("Hard", number).build();
}

json::Value host_config(json::Arena& arena, const Spec& spec, const Allowance& allowance) {
  std::vector<json::Value> limits;
  if (allowance.open_files > 0) limits.push_back(limit(arena, "nofile", allowance.open_files));
  if (allowance.processes > 0) limits.push_back(limit(arena, "nproc", allowance.processes));
  json::ObjectBuilder host(arena);
  host.add("NetworkMode", "host").add("Ulimits", json::make_array(arena, limits));
  if (spec.memory_bytes > 0) host.add("Memory", static_cast<std::int64_t>(spec.memory_bytes));
  if (spec.cpus > 0) host.add("NanoCpus", static_cast<std::int64_t>(spec.cpus * 1e9));
  if (spec.read_only_root) host.add("ReadonlyRootfs", true);
  return host.build();
}

Error unreadable() { return errors::failed("The container engine's answer cannot be read."); }

// Docker's zero time is of the year 1.
Timestamp time_of(const json::Value& state, std::string_view name) {
  const auto time = parse_rfc3339(json::text_of(state, name));
  return time && *time > Timestamp{} ? *time : Timestamp{};
}

Inspection::State state_of(std::string_view status, Timestamp started) {
  if (status == "running" || status == "paused" || status == "restarting" || status == "stopping") {
    return Inspection::State::running;
  }
  const bool unstarted = status == "created" || status == "configured" || status == "initialized";
  // One that has been started and is not any more, though nobody saw its end: the machine went down under it.
  return unstarted && started == Timestamp{} ? Inspection::State::created : Inspection::State::ended;
}

}  // namespace

std::string creation(const Spec& spec, const Allowance& allowance) {
  json::Arena arena;
  json::ObjectBuilder body(arena);
  body.add("Image", spec.image);
  if (!spec.entry_point.empty()) body.add("Entrypoint", texts(arena, spec.entry_point));
  if (!spec.command.empty()) body.add("Cmd", texts(arena, spec.command));
  std::vector<std::string> environment;
  for (const auto& [name, value] : spec.environment) environment.push_back(fmt::format("{}={}", name, value));
  body.add("Env", texts(arena, environment));
  json::ObjectBuilder labels(arena);
  for (const auto& [name, value] : spec.labels) labels.add(arena.copy(name), value);
  body.add("Labels", labels.build());
  if (!spec.working_directory.empty()) body.add("WorkingDir", spec.working_directory);
  if (!spec.user.empty()) body.add("User", spec.user);
  body.add("HostConfig", host_config(arena, spec, allowance));
  return json::print(body.build());
}

Result<Inspection> read_inspection(std::string_view body) {
  json::Arena arena;
  const auto document = json::parse(arena, body);
  const json::Value* state = document ? document->find("State") : nullptr;
  if (state == nullptr || !state->is_object()) return fail(unreadable());
  Inspection inspection;
  const std::string_view status = json::text_of(*state, "Status");
  inspection.end.started = time_of(*state, "StartedAt");
  inspection.end.ended = time_of(*state, "FinishedAt");
  inspection.state = state_of(status, inspection.end.started);
  const json::Value* const code = state->find("ExitCode");
  const bool has_exited = status == "exited" || status == "dead" || status == "stopped";
  inspection.end.exit_code = has_exited && code != nullptr && code->is_number()
                                 ? static_cast<int>(code->as_integer().value_or(killed))
                                 : killed;
  const json::Value* const memory = state->find("OOMKilled");
  inspection.end.out_of_memory = memory != nullptr && memory->is_boolean() && memory->as_boolean();
  return inspection;
}

Result<std::vector<Listed>> read_list(std::string_view body) {
  json::Arena arena;
  const auto document = json::parse(arena, body);
  if (!document || !document->is_array()) return fail(unreadable());
  std::vector<Listed> list;
  for (const json::Value& container : document->elements()) {
    const auto names = json::elements_of(container, "Names");
    if (names.empty() || !names[0].is_string()) continue;
    std::string_view name = names[0].as_string();
    if (name.starts_with('/')) name.remove_prefix(1);
    Listed listed{.name = std::string(name), .running = json::text_of(container, "State") == "running"};
    for (const json::Member& label : json::object_of(container, "Labels").members()) {
      if (label.value.is_string()) listed.labels.emplace_back(label.key, label.value.as_string());
    }
    list.push_back(std::move(listed));
  }
  return list;
}

std::string message_of(const http::Response& response) {
  json::Arena arena;
  const auto document = json::parse(arena, response.body);
  const std::string_view message = document ? json::text_of(*document, "message") : std::string_view{};
  return message.empty() ? fmt::format("status {}", response.status) : std::string(message);
}

std::string image_query(std::string_view image) {
  std::string_view name = image;
  std::string_view tag = "latest";
  const std::size_t digest = image.find('@');
  const std::size_t colon = image.rfind(':');
  if (digest != std::string_view::npos) {
    name = image.substr(0, digest);
    tag = image.substr(digest + 1);
  } else if (colon != std::string_view::npos && image.find('/', colon) == std::string_view::npos) {
    name = image.substr(0, colon);
    tag = image.substr(colon + 1);
  }
  return fmt::format("fromImage={}&tag={}", wire::percent_encode(name), wire::percent_encode(tag));
}

std::optional<std::string> pull_error(std::string_view progress) {
  while (!progress.empty()) {
    const std::size_t end = std::min(progress.find('\n'), progress.size());
    json::Arena arena;
    const auto step = json::parse(arena, progress.substr(0, end));
    const std::string_view error = step ? json::text_of(*step, "error") : std::string_view{};
    if (!error.empty()) return std::string(error);
    progress.remove_prefix(std::min(end + 1, progress.size()));
  }
  return std::nullopt;
}

}  // namespace stepwell::containers
