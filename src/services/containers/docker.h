#pragma once
// The documents of Docker's API: what a container is made of, and what the engine says of one.

#include "base/containers.h"
#include "base/error.h"
#include "base/http.h"
#include "services/containers/engine.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::containers {

// The body of POST /containers/create.
std::string creation(const Spec& spec, const Allowance& allowance);

// What GET /containers/<name>/json says.
struct Inspection {
  enum class State : std::uint8_t { created, running, ended };
  State state = State::created;
  End end;
};
Result<Inspection> read_inspection(std::string_view body);

// GET /containers/json.
Result<std::vector<Listed>> read_list(std::string_view body);

// The message of an answer that is a refusal.
std::string message_of(const http::Response& response);

// "fromImage=…&tag=…": an image as a query.
std::string image_query(std::string_view image);

// The error of a pull, which comes as one of the objects that tell of its progress; nullopt: it has succeeded.
std::optional<std::string> pull_error(std::string_view progress);

}  // namespace stepwell::containers
