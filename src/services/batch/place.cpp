#include "services/batch/place.h"

#include "crypto/hash.h"
#include "store/codec.h"
#include "wire/arn.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr auto prefixes = std::to_array<std::string_view>({"compute-environment/", "job-queue/", "job-definition/"});
constexpr std::string_view job_prefix = "job/";

std::string_view prefix_of(Kind kind) { return prefixes[static_cast<std::size_t>(kind)]; }

// <name>[:<revision>]
bool read_revision(Place& place) {
  const std::size_t colon = place.name.rfind(':');
  if (colon == std::string::npos) return true;
  const std::string_view digits = std::string_view(place.name).substr(colon + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), place.revision);
  const bool good = !digits.empty() && parsed.ec == std::errc{} && parsed.ptr == digits.data() + digits.size();
  place.name.resize(colon);
  return good;
}

}  // namespace

store::Table table_of(Kind kind) {
  switch (kind) {
    case Kind::environment: return store::Table::compute_environment;
    case Kind::queue: return store::Table::job_queue;
    case Kind::definition: return store::Table::job_definition;
  }
  return store::Table::job_definition;
}

std::string Place::arn() const {
  std::string arn = fmt::format("arn:aws:batch:{}:{}:{}{}", region, account, prefix_of(kind), name);
  if (kind == Kind::definition) arn += fmt::format(":{}", revision);
  return arn;
}

std::string places_prefix(std::string_view account, std::string_view region) {
  return store::KeyWriter().text(account).text(region).take();
}

std::string revisions_prefix(const Place& place) {
  return store::KeyWriter().text(place.account).text(place.region).text(place.name).take();
}

std::string key_of(const Place& place) {
  store::KeyWriter key;
  key.text(place.account).text(place.region).text(place.name);
  if (place.kind == Kind::definition) key.u32(place.revision);
  return key.take();
}

std::optional<Place> read_place(Kind kind, std::string_view bytes) {
  store::KeyReader key(bytes);
  Place place{.kind = kind, .account = key.text(), .region = key.text(), .name = key.text()};
  if (kind == Kind::definition) place.revision = key.u32();
  return key.ok() && key.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

std::optional<Place> parse_place_arn(std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "batch") return std::nullopt;
  for (const Kind kind : {Kind::environment, Kind::queue, Kind::definition}) {
    if (!arn->resource.starts_with(prefix_of(kind))) continue;
    Place place{.kind = kind,
                .account = std::string(arn->account),
                .region = std::string(arn->region),
                .name = std::string(arn->resource.substr(prefix_of(kind).size()))};
    if (kind == Kind::definition && !read_revision(place)) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

std::optional<Place> read_place(Kind kind, const wire::Caller& caller, std::string_view name_or_arn) {
  if (name_or_arn.starts_with("arn:")) {
    auto place = parse_place_arn(name_or_arn);
    return place && place->kind == kind ? place : std::nullopt;
  }
  Place place{.kind = kind, .account = caller.account, .region = caller.region, .name = std::string(name_or_arn)};
  if (kind == Kind::definition && !read_revision(place)) return std::nullopt;
  return place;
}

std::string job_arn(std::string_view queue_arn, const JobId& id) {
  const auto arn = wire::Arn::parse(queue_arn);
  return fmt::format("arn:aws:batch:{}:{}:{}{}", arn->region, arn->account, job_prefix, id.text());
}

std::optional<JobId> parse_job_arn(std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "batch" || !arn->resource.starts_with(job_prefix)) return std::nullopt;
  return parse_job_id(arn->resource.substr(job_prefix.size()));
}

std::string cluster_arn(std::string_view account, std::string_view region, std::string_view environment) {
  const std::string digest =
      crypto::to_hex(crypto::digest(crypto::Digest::sha256, fmt::format("{}/{}/{}", account, region, environment)));
  const std::string_view hex = digest;
  return fmt::format("arn:aws:ecs:{}:{}:cluster/{}_Batch_{}-{}-{}-{}-{}", region, account, environment,
                     hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4), hex.substr(20, 12));
}

std::string task_id(const JobId& id, std::uint32_t attempt) {
  return crypto::to_hex(crypto::digest(crypto::Digest::sha256, fmt::format("{}/{}", id.text(), attempt))).substr(0, 32);
}

std::string task_arn(std::string_view queue_arn, std::string_view environment, const JobId& id, std::uint32_t attempt) {
  const auto arn = wire::Arn::parse(queue_arn);
  const std::string cluster = cluster_arn(arn->account, arn->region, environment);
  return fmt::format("arn:aws:ecs:{}:{}:task/{}/{}", arn->region, arn->account, cluster.substr(cluster.find('/') + 1),
                     task_id(id, attempt));
}

}  // namespace stepwell::batch
