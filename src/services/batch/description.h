#pragma once
// Jobs as DescribeJobs and ListJobs show them.

#include "lang/json/value.h"
#include "services/batch/job.h"

#include <cstdint>
#include <string>

namespace stepwell::batch {

// Of the shape JobDetail. `document` is what was submitted.
json::Value describe(json::Arena& arena, const Job& job, const json::Value& document);
// Of the shape JobSummary.
json::Value summarize(json::Arena& arena, const Job& job, const json::Value& document);

// Where the output of an attempt is found in CloudWatch Logs: <job definition>/default/<task id>.
std::string log_group(const json::Value& document);
std::string log_stream(const json::Value& document, const JobId& id, std::uint32_t attempt);

}  // namespace stepwell::batch
