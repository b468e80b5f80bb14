#include "services/lambda/execution/launch.h"

#include "services/lambda/errors.h"

#include <unistd.h>

namespace stepwell::lambda {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr std::uint64_t python_address_space_beyond = 4'096 * mebibyte;

Result<std::string> find_bootstrap(const fs::path& code) {
  const fs::path bootstrap = code / "bootstrap";
  std::error_code ignored;
  if (!fs::exists(bootstrap, ignored)) {
    return fail(errors::make("Runtime.InvalidEntrypoint",
                             fmt::format("Couldn't find valid bootstrap(s): [{}]", bootstrap.string())));
  }
  if (!fs::is_regular_file(bootstrap, ignored) || ::access(bootstrap.c_str(), X_OK) != 0) {
    return fail(
        errors::make("Runtime.InvalidEntrypoint", fmt::format("fork/exec {}: permission denied", bootstrap.string())));
  }
  return bootstrap.string();
}

// Old space is most of the heap; what else node needs stays below MemorySize too.
std::string heap_option(const FunctionRecord& function) {
  return fmt::format("--max-old-space-size={}", function.memory_mb * 9 / 10);
}

Result<std::vector<std::string>> command_of(RuntimeKind kind, const FunctionRecord& function, Runtimes& runtimes,
                                            const fs::path& code) {
  switch (kind) {
    case RuntimeKind::node: {
      TRY_ASSIGN(std::string node, runtimes.node(function.runtime));
      return std::vector{std::move(node), heap_option(function), runtimes.node_client()};
    }
    case RuntimeKind::python: {
      TRY_ASSIGN(std::string python, runtimes.python(function.runtime));
      return std::vector{std::move(python), runtimes.python_client()};
    }
    case RuntimeKind::provided: {
      TRY_ASSIGN(std::string bootstrap, find_bootstrap(code));
      return std::vector{std::move(bootstrap)};
    }
  }
  return fail(internal_error("unknown kind of runtime"));
}

using Environment = std::vector<std::pair<std::string, std::string>>;

// What a function's own variables may replace.
Environment default_environment(const LaunchPlace& place, const Surroundings& surroundings) {
  const std::string task_root = place.code.string();
  const std::string home = place.home.string();
  Environment environment{
      {"HOME", home},
      {"LANG", "C.UTF-8"},
      {"LD_LIBRARY_PATH", task_root + ":" + task_root + "/lib"},
      {"PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"},
      {"PYTHONDONTWRITEBYTECODE", "1"},
      {"TMPDIR", home},
      {"TZ", ":UTC"},
  };
  if (!surroundings.endpoint_url.empty()) environment.emplace_back("AWS_ENDPOINT_URL", surroundings.endpoint_url);
  return environment;
}

Environment reserved_environment(RuntimeKind kind, const FunctionRecord& function, const Runtimes& runtimes,
                                 const Surroundings& surroundings, const LaunchPlace& place) {
  Environment environment{
      {"AWS_ACCESS_KEY_ID", surroundings.access_key},
      {"AWS_DEFAULT_REGION", surroundings.region},
      {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(function.memory_mb)},
      {"AWS_LAMBDA_FUNCTION_NAME", function.name},
      {"AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"},
      {"AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"},
      {"AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name},
      {"AWS_LAMBDA_LOG_STREAM_NAME", place.log_stream},
      {"AWS_LAMBDA_RUNTIME_API", fmt::format("127.0.0.1:{}", place.runtime_api_port)},
      {"AWS_REGION", surroundings.region},
      {"AWS_SECRET_ACCESS_KEY", surroundings.secret_key},
      {"LAMBDA_RUNTIME_DIR", runtimes.directory().string()},
      {"LAMBDA_TASK_ROOT", place.code.string()},
      {"_HANDLER", function.handler},
  };
  if (!surroundings.session_token.empty()) environment.emplace_back("AWS_SESSION_TOKEN", surroundings.session_token);
  if (kind != RuntimeKind::provided) environment.emplace_back("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime);
  return environment;
}

void put_all(Environment& environment, Environment variables) {
  for (auto& variable : variables) {
    const auto there = std::ranges::find(environment, variable.first, &Environment::value_type::first);
    if (there != environment.end())
      *there = std::move(variable);
    else
      environment.push_back(std::move(variable));
  }
}

}  // namespace

Result<ProcessSpec> plan_launch(const FunctionRecord& function, Runtimes& runtimes, const Surroundings& surroundings,
                                const LaunchPlace& place) {
  const auto kind = runtime_kind(function.runtime);
  if (!kind) return fail(errors::not_implemented(fmt::format("The runtime {}", function.runtime)));
  ProcessSpec spec;
  TRY_ASSIGN(spec.command, command_of(*kind, function, runtimes, place.code));
  spec.environment = default_environment(place, surroundings);
  if (function.environment) put_all(spec.environment, *function.environment);
  put_all(spec.environment, reserved_environment(*kind, function, runtimes, surroundings, place));
  spec.working_directory = place.code.string();
  if (*kind == RuntimeKind::python) {
    spec.max_memory_bytes = function.memory_mb * mebibyte + python_address_space_beyond;
  }
  return spec;
}

}  // namespace stepwell::lambda
