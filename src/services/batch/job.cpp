#include "services/batch/job.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr auto names =
    std::to_array<std::string_view>({"SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"});
constexpr std::size_t uuid_size = 36;

}  // namespace

std::string_view name_of(Status status) { return names[static_cast<std::size_t>(status)]; }

std::optional<Status> status_of(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Status>(found - names.begin()));
}

std::string JobId::text() const { return index ? fmt::format("{}:{}", uuid, *index) : uuid; }

std::optional<JobId> parse_job_id(std::string_view text) {
  const std::string_view uuid = text.substr(0, text.find(':'));
  if (uuid.size() != uuid_size) return std::nullopt;
  if (uuid.size() == text.size()) return JobId{.uuid = std::string(uuid)};
  const std::string_view digits = text.substr(uuid.size() + 1);
  std::uint32_t index = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (digits.empty() || parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  return JobId{.uuid = std::string(uuid), .index = index};
}

}  // namespace stepwell::batch
