#pragma once
// Failure as a value. An Error is what an API caller will see: AWS's exception code and AWS's wording. Everything a
// user or the outside can cause travels as Result<T>; C++ exceptions mean a bug or lost ground and are caught in two
// places only, the dispatcher of requests and the loop of a shard.

#include <expected>
#include <string>
#include <utility>

namespace stepwell {

// Whose fault it is decides the HTTP class: client → 400, server → 500.
enum class Fault { client, server };

struct Error {
  Fault fault = Fault::client;
  std::string code;     // AWS's exception name, e.g. "StateMachineDoesNotExist"
  std::string message;  // AWS's wording
  std::string detail;   // ours, shown beside: what to do, line and column, the nearest valid name; may be empty
  int status = 0;       // HTTP status when it is not the usual one of `fault`; 0: usual

  bool operator==(const Error&) const = default;
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

// An unexpected condition inside the program; the message is for the operator.
Error internal_error(std::string message);

}  // namespace stepwell

// Returns the error of `expression` to the caller, or binds its value to `declaration`.
#define STEPWELL_CONCAT_(a, b) a##b
#define STEPWELL_CONCAT(a, b) STEPWELL_CONCAT_(a, b)
#define TRY_ASSIGN_(result, declaration, expression)              \
  auto result = (expression);                                     \
  if (!result) return std::unexpected(std::move(result).error()); \
  declaration = std::move(result).value()
#define TRY_ASSIGN(declaration, expression) TRY_ASSIGN_(STEPWELL_CONCAT(try_result_, __LINE__), declaration, expression)
#define TRY(expression)                                                                                     \
  do {                                                                                                      \
    if (auto try_result = (expression); !try_result) return std::unexpected(std::move(try_result).error()); \
  } while (false)
// The same inside a coroutine that returns Task<Result<T>>.
#define CO_TRY_ASSIGN_(result, declaration, expression)              \
  auto result = (expression);                                        \
  if (!result) co_return std::unexpected(std::move(result).error()); \
  declaration = std::move(result).value()
#define CO_TRY_ASSIGN(declaration, expression) \
  CO_TRY_ASSIGN_(STEPWELL_CONCAT(try_result_, __LINE__), declaration, expression)
#define CO_TRY(expression)                                                                                     \
  do {                                                                                                         \
    if (auto try_result = (expression); !try_result) co_return std::unexpected(std::move(try_result).error()); \
  } while (false)
