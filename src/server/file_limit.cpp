#include "server/file_limit.h"

#include <algorithm>
#include <sys/resource.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::size_t for_others = 1'024;

}  // namespace

std::size_t room_for_connections(std::size_t wanted, Log& log) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
  files.rlim_cur = std::max<rlim_t>(files.rlim_cur, std::min<rlim_t>(files.rlim_max, wanted + for_others));
  setrlimit(RLIMIT_NOFILE, &files);
  getrlimit(RLIMIT_NOFILE, &files);
  const std::size_t limit = files.rlim_cur;
  const std::size_t room = limit > 2 * for_others ? limit - for_others : limit / 2;
  if (room < wanted)
    log.warning(
        fmt::format("The limit of open files ({}) leaves room for {} connections, not {}.", limit, room, wanted));
  return std::min(room, wanted);
}

}  // namespace stepwell::server
