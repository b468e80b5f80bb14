#pragma once
// How clusters, task definitions and tasks are named: by ARN, or shorter within an account and a region.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::ecs {

struct Home {
  std::string account, region;
  bool operator==(const Home&) const = default;
};

struct ClusterPlace {
  Home home;
  std::string name;
  std::string arn() const;
  bool operator==(const ClusterPlace&) const = default;
};

struct DefinitionPlace {
  Home home;
  std::string family;
  std::uint32_t revision = 0;  // 0: the newest one that is active
  std::string arn() const;
};

struct TaskPlace {
  ClusterPlace cluster;
  std::string id;
  std::string arn() const;
};

// "" (the cluster `default`), a name or an ARN: the name.
std::string cluster_name(std::string_view text);
// family, family:revision or an ARN. nullopt: it is none of them.
std::optional<DefinitionPlace> definition_place(const Home& home, std::string_view text);
// An id or an ARN: the id.
std::string task_id(std::string_view text);
// An ARN of a task with its cluster.
std::optional<TaskPlace> task_place(std::string_view arn);

bool is_name(std::string_view text);  // letters, digits, hyphens and underscores, up to 255

}  // namespace stepwell::ecs
