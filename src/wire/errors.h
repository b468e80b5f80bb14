#pragma once
// The errors that AWS's service framework answers itself, before a service sees the request (or, for the first, of its
// own).

#include "base/error.h"

#include <string>

namespace stepwell::wire {

// A body that is no JSON has no message at AWS, a value of the wrong type has one.
inline Error serialization_exception(std::string message, std::string detail = {}) {
  return {Fault::client, "SerializationException", std::move(message), std::move(detail), 0};
}

inline Error validation_exception(std::string message) {
  return {Fault::client, "ValidationException", std::move(message), {}, 0};
}

inline Error unknown_operation(std::string detail) {
  return {Fault::client, "UnknownOperationException", {}, std::move(detail), 0};
}

// Errors of the signature; sigv4.h says when.
inline Error signature_error(std::string code, std::string message, std::string detail = {}) {
  return {Fault::client, std::move(code), std::move(message), std::move(detail), 0};
}

}  // namespace stepwell::wire
