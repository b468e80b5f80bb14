#pragma once
// Clusters, task definitions and tasks as ECS answers them.

#include "lang/json/value.h"
#include "services/ecs/records.h"

#include <cstddef>

namespace stepwell::ecs {

// How dates are written: as the API does, or as events do.
enum class Dates : std::uint8_t { seconds, rfc3339 };

// The shape Task, without tags.
json::Value show(json::Arena& arena, const TaskRecord& task, Dates dates = Dates::seconds);
// The shape TaskDefinition.
json::Value show(json::Arena& arena, const Definition& definition);

struct Counts {
  std::size_t running = 0, pending = 0;
};
// The shape Cluster, with what `include` of DescribeClusters may ask for.
struct Included {
  bool tags = false, settings = false, configurations = false;
};
json::Value show(json::Arena& arena, const Cluster& cluster, const Counts& counts, const Included& included);

// A document, which has been valid when it was written; an empty text is an empty object.
json::Value read(json::Arena& arena, std::string_view document);
// Tags, as they are kept: an array.
json::Value read_tags(json::Arena& arena, std::string_view tags);

}  // namespace stepwell::ecs
