#include "services/lambda/execution/report.h"

#include <csignal>

#include <fmt/format.h>

namespace stepwell::lambda {
namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;

std::string signal_name(int signal) {
  switch (signal) {
    case SIGABRT: return "aborted";
    case SIGBUS: return "bus error";
    case SIGFPE: return "floating point exception";
    case SIGHUP: return "hangup";
    case SIGILL: return "illegal instruction";
    case SIGINT: return "interrupt";
    case SIGKILL: return "killed";
    case SIGPIPE: return "broken pipe";
    case SIGQUIT: return "quit";
    case SIGSEGV: return "segmentation fault";
    case SIGTERM: return "terminated";
    case SIGTRAP: return "trace/breakpoint trap";
    default: return fmt::format("signal {}", signal);
  }
}

}  // namespace

std::string start_line(std::string_view request_id) {
  return fmt::format("START RequestId: {} Version: $LATEST\n", request_id);
}

std::string report_lines(const Report& report) {
  const auto duration = static_cast<double>(report.duration.count());
  std::string text = fmt::format(
      "END RequestId: {0}\nREPORT RequestId: {0}\tDuration: {1:.2f} ms\tBilled Duration: {2} ms\tMemory Size: {3} "
      "MB\tMax Memory Used: {4} MB\t",
      report.request_id, duration, std::max<Duration::rep>(report.duration.count(), 1), report.memory_size_mb,
      (report.max_memory_used + mebibyte - 1) / mebibyte);
  if (report.init_duration) {
    text += fmt::format("Init Duration: {:.2f} ms\t", static_cast<double>(report.init_duration->count()));
  }
  text += '\n';
  return text;
}

std::string timeout_line(Timestamp now, std::string_view request_id, std::string_view message) {
  return fmt::format("{} {} {}\n\n", format_rfc3339(now), request_id, message);
}

std::string exit_line(std::string_view request_id, std::string_view message) {
  return fmt::format("RequestId: {} Error: {}\nRuntime.ExitError\n", request_id, message);
}

std::string exit_message(ProcessExit exit) {
  if (exit.signal != 0) return "Runtime exited with error: signal: " + signal_name(exit.signal);
  if (exit.code != 0) return fmt::format("Runtime exited with error: exit status {}", exit.code);
  return "Runtime exited without providing a reason";
}

std::string log_stream_name(Timestamp now, Random& random) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
  return fmt::format("{:04}/{:02}/{:02}/[$LATEST]{:016x}{:016x}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), random.next(),
                     random.next());
}

}  // namespace stepwell::lambda
