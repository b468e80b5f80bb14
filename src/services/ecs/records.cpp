#include "services/ecs/records.h"

#include "store/codec.h"

#include <array>

namespace stepwell::ecs {
namespace {

constexpr std::uint8_t version = 1;
constexpr auto status_names =
    std::to_array<std::string_view>({"PROVISIONING", "PENDING", "RUNNING", "DEPROVISIONING", "STOPPED"});
constexpr auto definition_status_names = std::to_array<std::string_view>({"ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"});

std::int64_t millis(Timestamp time) { return time.time_since_epoch().count(); }

// 0: none; the time is one more otherwise.
void put(store::ValueWriter& out, const std::optional<Timestamp>& time) {
  out.varint(time ? static_cast<std::uint64_t>(millis(*time)) + 1 : 0);
}
std::optional<Timestamp> get_time(store::ValueReader& in) {
  const std::uint64_t value = in.varint();
  return value == 0 ? std::nullopt : std::optional(Timestamp{Duration{static_cast<std::int64_t>(value - 1)}});
}

store::KeyWriter key_in(const Home& home) {
  store::KeyWriter key;
  key.text(home.account).text(home.region);
  return key;
}
Home read_home(store::KeyReader& key) {
  Home home;
  home.account = key.text();
  home.region = key.text();
  return home;
}

Status get_status(store::ValueReader& in) {
  return static_cast<Status>(std::min<std::uint8_t>(in.u8(), static_cast<std::uint8_t>(Status::stopped)));
}

void put(store::ValueWriter& out, const Container& container) {
  out.text(container.name).text(container.id).u8(static_cast<std::uint8_t>(container.status));
  out.u8(container.exit_code.has_value()).signed_varint(container.exit_code.value_or(0));
  out.text(container.reason).varint(container.lines);
}
Container get_container(store::ValueReader& in) {
  Container container;
  container.name = in.text();
  container.id = in.text();
  container.status = get_status(in);
  const bool has_code = in.u8() != 0;
  const auto code = static_cast<int>(in.signed_varint());
  if (has_code) container.exit_code = code;
  container.reason = in.text();
  container.lines = in.varint();
  return container;
}

}  // namespace

std::string_view name_of(Status status) { return status_names.at(static_cast<std::size_t>(status)); }
std::string_view name_of(DefinitionStatus status) {
  return definition_status_names.at(static_cast<std::size_t>(status));
}

std::string prefix_of(const Home& home) { return key_in(home).take(); }
std::string key_of(const ClusterPlace& place) { return key_in(place.home).text(place.name).take(); }

std::string encode(const Cluster& cluster) {
  std::string value;
  store::ValueWriter(value).u8(version).text(cluster.document);
  return value;
}

std::optional<Cluster> decode_cluster(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Cluster cluster;
  cluster.place.home = read_home(place);
  cluster.place.name = place.text();
  cluster.document = in.text();
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(cluster)) : std::nullopt;
}

std::string prefix_of(const DefinitionPlace& place) { return key_in(place.home).text(place.family).take(); }
std::string key_of(const DefinitionPlace& place) {
  return key_in(place.home).text(place.family).u32(place.revision).take();
}

std::string encode(const Definition& definition) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).u8(static_cast<std::uint8_t>(definition.status)).text(definition.document).text(definition.tags);
  out.text(definition.registered_by).signed_varint(millis(definition.registered));
  put(out, definition.deregistered);
  return value;
}

std::optional<Definition> decode_definition(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Definition definition;
  definition.place.home = read_home(place);
  definition.place.family = place.text();
  definition.place.revision = place.u32();
  definition.status = static_cast<DefinitionStatus>(std::min<std::uint8_t>(in.u8(), 2));
  definition.document = in.text();
  definition.tags = in.text();
  definition.registered_by = in.text();
  definition.registered = Timestamp{Duration{in.signed_varint()}};
  definition.deregistered = get_time(in);
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(definition)) : std::nullopt;
}

std::string task_key(const Home& home, std::string_view id) { return key_in(home).text(id).take(); }

std::string encode(const TaskRecord& task) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).text(task.place.cluster.name).text(task.definition_arn);
  out.text(task.shown).text(task.plan).text(task.tags);
  out.u8(static_cast<std::uint8_t>(task.status)).u8(static_cast<std::uint8_t>(task.desired)).varint(task.version);
  out.signed_varint(millis(task.created));
  for (const auto* time : {&task.pull_started, &task.pull_stopped, &task.started, &task.stopping,
                           &task.execution_stopped, &task.stopped}) {
    put(out, *time);
  }
  out.text(task.stop_code).text(task.stopped_reason).varint(task.containers.size());
  for (const Container& container : task.containers) put(out, container);
  return value;
}

std::optional<TaskRecord> decode_task(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  TaskRecord task;
  task.place.cluster.home = read_home(place);
  task.place.id = place.text();
  task.place.cluster.name = in.text();
  task.definition_arn = in.text();
  task.shown = in.text();
  task.plan = in.text();
  task.tags = in.text();
  task.status = get_status(in);
  task.desired = get_status(in);
  task.version = in.varint();
  task.created = Timestamp{Duration{in.signed_varint()}};
  for (auto* time : {&task.pull_started, &task.pull_stopped, &task.started, &task.stopping, &task.execution_stopped,
                     &task.stopped}) {
    *time = get_time(in);
  }
  task.stop_code = in.text();
  task.stopped_reason = in.text();
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) task.containers.push_back(get_container(in));
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(task)) : std::nullopt;
}

std::string token_key(const ClusterPlace& cluster, std::string_view token) {
  return key_in(cluster.home).text(cluster.name).text(token).take();
}

std::string encode(const Token& token) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).text(token.digest).varint(token.tasks.size());
  for (const std::string& id : token.tasks) out.text(id);
  return value;
}

std::optional<Token> decode_token(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Token token;
  token.digest = in.text();
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) token.tasks.emplace_back(in.text());
  return in.ok() && in.at_end() ? std::optional(std::move(token)) : std::nullopt;
}

std::string expiry_key(Timestamp at, Forgotten what, std::string_view key) {
  return store::KeyWriter()
      .u64(static_cast<std::uint64_t>(millis(at)))
      .u8(static_cast<std::uint8_t>(what))
      .text(key)
      .take();
}

std::optional<Expiry> decode_expiry(std::string_view text) {
  store::KeyReader key(text);
  Expiry expiry;
  expiry.at = Timestamp{Duration{static_cast<std::int64_t>(key.u64())}};
  expiry.what = static_cast<Forgotten>(key.u8());
  expiry.key = key.text();
  return key.ok() && key.at_end() ? std::optional(std::move(expiry)) : std::nullopt;
}

}  // namespace stepwell::ecs
