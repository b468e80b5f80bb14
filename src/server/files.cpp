#include "server/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::size_t max_file_bytes = 64U << 20U;

Error not_readable(const std::string& path, std::string_view why) {
  return {.fault = Fault::client, .code = "FileNotReadable", .message = fmt::format("{}: {}", path, why), .detail = {}};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(not_readable(path, std::strerror(errno)));
  std::string text;
  char block[1U << 16U];
  while (file.read(block, sizeof block) || file.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(file.gcount()));
    if (text.size() > max_file_bytes) return fail(not_readable(path, "larger than 64 MiB"));
  }
  if (file.bad()) return fail(not_readable(path, std::strerror(errno)));
  return text;
}

Result<std::string> read_argument(const std::string& argument) {
  return argument.starts_with('@') ? read_file(argument.substr(1)) : Result<std::string>(argument);
}

}  // namespace stepwell::server
