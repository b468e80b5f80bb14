#pragma once
// What a job's container is to be: its properties as job definitions and overrides give them, and as a container takes
// them.

#include "base/containers.h"
#include "base/error.h"
#include "lang/json/value.h"
#include "services/batch/job.h"
#include "services/directory/access.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::batch {

// Errors ClientException, NotImplemented.
Result<void> check_container(const json::Value& properties);

// Properties with what a submission overrides.
json::Value override_container(json::Arena& arena, const json::Value& properties, const json::Value& overrides);
// Every Ref::<name> in the command stands for the parameter of that name, where there is one.
json::Value substitute_parameters(json::Arena& arena, const json::Value& container, const json::Value& parameters);

struct Resources {
  std::uint32_t milli_cpus = 0;
  std::uint64_t memory_mib = 0;
};
// Error ClientException: one of them is missing, or no number.
Result<Resources> resources_of(const json::Value& container);

// What containers are given of the world around them.
struct Surroundings {
  std::string endpoint_url;
  std::string access_key, secret_key, session_token;
};

// Labels of containers.
inline constexpr std::string_view store_label = "stepwell.batch.store";  // the store that knows of them
inline constexpr std::string_view job_label = "stepwell.batch.job";
inline constexpr std::string_view attempt_label = "stepwell.batch.attempt";

// The same for the same attempt, whoever asks.
std::string container_name(const JobId& id, std::uint32_t attempt);
// `document` is what was submitted; it has been checked.
containers::Spec container_spec(const Job& job, const json::Value& document, const Surroundings& surroundings,
                                std::string_view store_name);

}  // namespace stepwell::batch
