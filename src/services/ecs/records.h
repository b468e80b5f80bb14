#pragma once
// What is kept of clusters, task definitions and tasks, and their keys and values in the store. Documents are JSON
// objects with AWS's own names for their members, as the operations take and show them.

#include "base/time.h"
#include "services/ecs/names.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::ecs {

struct Cluster {
  ClusterPlace place;
  std::string document;  // tags, settings, configuration, …
};
std::string key_of(const ClusterPlace& place);
std::string prefix_of(const Home& home);  // of clusters, definitions and tasks of that account and region
std::string encode(const Cluster& cluster);
std::optional<Cluster> decode_cluster(std::string_view key, std::string_view value);

enum class DefinitionStatus : std::uint8_t { active, inactive, deleted };
std::string_view name_of(DefinitionStatus status);

struct Definition {
  DefinitionPlace place;
  DefinitionStatus status = DefinitionStatus::active;
  std::string document;  // as it was registered, with what AWS adds
  std::string tags;      // JSON array
  std::string registered_by;
  Timestamp registered{};
  std::optional<Timestamp> deregistered;
};
std::string key_of(const DefinitionPlace& place);
std::string prefix_of(const DefinitionPlace& place);  // of all revisions of the family
std::string encode(const Definition& definition);
std::optional<Definition> decode_definition(std::string_view key, std::string_view value);

enum class Status : std::uint8_t { provisioning, pending, running, deprovisioning, stopped };
std::string_view name_of(Status status);

struct Container {
  std::string name;
  std::string id;                   // the last part of its ARN
  Status status = Status::pending;  // pending, running or stopped
  std::optional<int> exit_code;     // none where it never ran
  std::string reason;               // why it did not run, or not to its end
  std::uint64_t lines = 0;          // of what it has written that are in its log
};

struct TaskRecord {
  TaskPlace place;
  std::string definition_arn;
  std::string shown;  // what DescribeTasks shows and never changes: overrides, group, startedBy, …
  std::string plan;   // its containers with what overrides them, and roles
  std::string tags;   // JSON array
  Status status = Status::provisioning;
  Status desired = Status::running;
  std::uint64_t version = 1;
  Timestamp created{};
  std::optional<Timestamp> pull_started, pull_stopped, started, stopping, execution_stopped, stopped;
  std::string stop_code;
  std::string stopped_reason;
  std::vector<Container> containers;
};
std::string task_key(const Home& home, std::string_view id);
std::string encode(const TaskRecord& task);
std::optional<TaskRecord> decode_task(std::string_view key, std::string_view value);

// What a clientToken of RunTask has started.
struct Token {
  std::string digest;  // of the request
  std::vector<std::string> tasks;
};
std::string token_key(const ClusterPlace& cluster, std::string_view token);
std::string encode(const Token& token);
std::optional<Token> decode_token(std::string_view value);

// What is forgotten, in the order of the times.
enum class Forgotten : std::uint8_t { task = 1, token = 2 };
std::string expiry_key(Timestamp at, Forgotten what, std::string_view key);
struct Expiry {
  Timestamp at{};
  Forgotten what{};
  std::string key;
};
std::optional<Expiry> decode_expiry(std::string_view key);

}  // namespace stepwell::ecs
