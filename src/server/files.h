#pragma once
// Reading the files that a command line names.

#include "base/error.h"

#include <string>

namespace stepwell::server {

// The whole file, at most 64 MiB. Error "FileNotReadable" that says why.
Result<std::string> read_file(const std::string& path);

// A JSON argument: the text itself, or what the file behind an '@' holds.
Result<std::string> read_argument(const std::string& argument);

}  // namespace stepwell::server
