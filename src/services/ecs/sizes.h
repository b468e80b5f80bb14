#pragma once
// CPU and memory of tasks, as ECS takes them: CPU units (1,024 are a processor) or "2 vCPU", MiB or "1 GB".

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepwell::ecs {

std::optional<std::uint64_t> cpu_units(std::string_view text);
std::optional<std::uint64_t> memory_mib(std::string_view text);

}  // namespace stepwell::ecs
