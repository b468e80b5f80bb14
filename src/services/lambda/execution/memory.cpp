#include "services/lambda/execution/memory.h"

#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_processes = 64;

// The text of a small file of /proc, in `buffer`.
template <std::size_t Size>
std::string_view read_small(const std::string& path, std::array<char, Size>& buffer) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t bytes = ::read(file, buffer.data(), buffer.size());
  ::close(file);
  return {buffer.data(), bytes < 0 ? 0 : static_cast<std::size_t>(bytes)};
}

std::uint64_t take_number(std::string_view& text) {
  while (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return failure == std::errc{} ? number : 0;
}

// statm: pages in all, resident, of these shared (with a file or with other processes), …
std::uint64_t private_pages(int pid) {
  std::array<char, 128> buffer;
  std::string_view text = read_small(fmt::format("/proc/{}/statm", pid), buffer);
  take_number(text);
  const std::uint64_t resident = take_number(text);
  const std::uint64_t shared = take_number(text);
  return resident - std::min(shared, resident);
}

void add_children(int pid, std::vector<int>& processes) {
  std::array<char, 1024> buffer;
  std::string_view text = read_small(fmt::format("/proc/{0}/task/{0}/children", pid), buffer);
  while (processes.size() < max_processes) {
    const std::uint64_t child = take_number(text);
    if (child == 0 || !text.starts_with(' ')) return;  // the end, or a number that the buffer has cut
    processes.push_back(static_cast<int>(child));
  }
}

}  // namespace

std::uint64_t private_memory(int pid) {
  std::uint64_t pages = 0;
  std::vector<int> processes{pid};
  for (std::size_t at = 0; at < processes.size(); ++at) {
    pages += private_pages(processes[at]);
    add_children(processes[at], processes);
  }
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace stepwell::lambda
