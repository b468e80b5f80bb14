#pragma once
// State machines, their revisions, versions and aliases as the store keeps them (store/tables.def): keys and values.
// Every value begins with a version byte; readers keep every version for ever.
//
//   revision  what the machine was after a change: definition, role, configuration. Never changes; stays as long as the
//             machine or one of its executions (old_revisions.h).
//   version   a number given to a revision by publishing it. Numbers begin with 1 and are never given twice.
//   alias     a name for one or two versions, each with its share of the executions that are started by it.

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::states {

// What AWS shows of a machine that is created without configurations.
inline constexpr std::string_view no_logging = R"({"includeExecutionData":false,"level":"OFF"})";
inline constexpr std::string_view no_tracing = R"({"enabled":false})";
inline constexpr std::string_view owned_key = R"({"type":"AWS_OWNED_KEY"})";

// 0: none.
using VersionNumber = std::uint32_t;

struct MachineRecord {
  std::string arn;
  std::string name;
  std::string type;  // "STANDARD", "EXPRESS"
  std::string definition;
  std::string role_arn;
  std::string revision_id;
  bool revised = false;  // AWS shows a revision id only after the first change
  Timestamp created{};
  Timestamp updated{};     // when the current revision was made
  std::string logging;     // JSON, as DescribeStateMachine shows it
  std::string tracing;     // JSON
  std::string encryption;  // JSON
  std::string tags;        // JSON: [{"key":…,"value":…}]
  VersionNumber last_version = 0;
  VersionNumber published = 0;  // the version of the current revision
  // How CreateStateMachine was called, which a second call of it is compared with.
  bool created_published = false;
  std::string created_description;
};

struct RevisionRecord {
  std::string type;
  std::string role_arn;
  std::string definition;
  std::string logging, tracing, encryption;  // JSON
  bool revised = false;
  std::optional<Timestamp> created;  // nothing in records of the first format
};

struct VersionRecord {
  VersionNumber number = 0;
  std::string revision_id;
  std::string description;
  Timestamp created{};
};

struct Route {
  VersionNumber version = 0;
  std::int64_t weight = 0;  // of 100
  bool operator==(const Route&) const = default;
};

struct AliasRecord {
  std::string name;
  std::optional<std::string> description;
  std::vector<Route> routes;  // one or two
  Timestamp created{}, updated{};
};

std::string machine_key(std::string_view arn);
std::string revision_key(std::string_view arn, std::string_view revision_id);
std::string read_revision_key(std::string_view bytes);  // the machine's ARN
std::string version_key(std::string_view arn, VersionNumber number);
std::string alias_key(std::string_view arn, std::string_view name);
// What the keys of a machine's revisions, versions and aliases begin with.
inline std::string revisions_prefix(std::string_view arn) { return machine_key(arn); }
inline std::string versions_prefix(std::string_view arn) { return machine_key(arn); }
inline std::string aliases_prefix(std::string_view arn) { return machine_key(arn); }

std::string encode(const MachineRecord& record);
std::optional<MachineRecord> decode_machine(std::string_view arn, std::string_view value);
// The revision that a machine's record is at.
std::string encode_revision(const MachineRecord& record);
std::optional<RevisionRecord> decode_revision(std::string_view value);
std::string encode(const VersionRecord& record);
std::optional<VersionRecord> decode_version(std::string_view key, std::string_view value);
std::string encode(const AliasRecord& record);
std::optional<AliasRecord> decode_alias(std::string_view key, std::string_view value);

}  // namespace stepwell::states
