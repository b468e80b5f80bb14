#pragma once
// How many files the program may have open. The store and functions need some, and must not lose them to clients.

#include "base/ports.h"

#include <cstddef>

namespace stepwell::server {

// Raises the limit as far as the system lets it; how many of the wanted connections fit.
std::size_t room_for_connections(std::size_t wanted, Log& log);

}  // namespace stepwell::server
