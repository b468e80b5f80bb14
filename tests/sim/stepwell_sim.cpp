// stepwell_sim [--seed N] [--steps N] [--for TIME] [--plan FILE] [--save DIRECTORY]
//
// Simulates the engine with faults, one seed after the other (engine/sim/simulator.h), each in a process of its own, so
// that a failed CHECK is a finding too. A seed that fails is shrunk and saved as a plan, which --plan runs again. Exit
// status: 0 all was well, 1 something was found, 2 the command line is wrong.

#include "engine/sim/shrink.h"
#include "engine/sim/simulator.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

using Steady = std::chrono::steady_clock;

struct Arguments {
  std::optional<std::uint64_t> seed;
  std::uint64_t steps = Plan{}.steps;
  std::optional<std::chrono::seconds> time;
  std::string plan;  // file
  std::string save = "tests/sim/failures";
};

[[noreturn]] void usage(std::string_view problem) {
  fmt::print(stderr,
             "{}\nusage: stepwell_sim [--seed N] [--steps N] [--for 60s|30m|2h] [--plan FILE] [--save DIRECTORY]\n",
             problem);
  std::exit(2);
}

std::uint64_t number(std::string_view option, std::string_view text) {
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  if (const auto [rest, error] = std::from_chars(text.data(), end, value); error != std::errc() || rest != end) {
    usage(fmt::format("{} {}: expected a number", option, text));
  }
  return value;
}

// 60s, 30m, 2h; seconds where no unit is said.
std::chrono::seconds span(std::string_view option, std::string_view text) {
  const char unit = text.empty() ? 's' : text.back();
  const std::int64_t seconds = unit == 'h' ? 3600 : unit == 'm' ? 60 : 1;
  if (unit == 's' || unit == 'm' || unit == 'h') text.remove_suffix(std::min<std::size_t>(1, text.size()));
  return std::chrono::seconds(seconds * static_cast<std::int64_t>(number(option, text)));
}

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view option = argv[i];
    if (i + 1 == argc) usage(fmt::format("{} wants a value", option));
    const std::string_view value = argv[i + 1];
    if (option == "--seed")
      arguments.seed = number(option, value);
    else if (option == "--steps")
      arguments.steps = number(option, value);
    else if (option == "--for")
      arguments.time = span(option, value);
    else if (option == "--plan")
      arguments.plan = value;
    else if (option == "--save")
      arguments.save = value;
    else
      usage(fmt::format("there is no option {}", option));
  }
  return arguments;
}

// What the child writes: the counts as they are, then the violations as text.
Outcome read_outcome(int pipe, pid_t child) {
  std::string bytes;
  char buffer[4096];
  for (ssize_t size = 0; (size = ::read(pipe, buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(size));
  int status = 0;
  ::waitpid(child, &status, 0);
  Outcome outcome;
  if (bytes.size() < sizeof(Counts) || !WIFEXITED(status)) {
    outcome.violations.push_back(fmt::format("the process ended in the middle (status {})", status));
    return outcome;
  }
  std::memcpy(&outcome.counts, bytes.data(), sizeof(Counts));
  std::string_view rest = std::string_view(bytes).substr(sizeof(Counts));
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    outcome.violations.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end == std::string_view::npos ? rest.size() : end + 1));
  }
  return outcome;
}

Outcome run(const Plan& plan) {
  int ends[2];
  if (::pipe(ends) != 0) usage("no pipe");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    const Outcome outcome = simulate(plan);
    std::string bytes(sizeof(Counts), '\0');
    std::memcpy(bytes.data(), &outcome.counts, sizeof(Counts));
    for (const std::string& violation : outcome.violations) bytes += violation + '\n';
    const bool written = ::write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    ::_exit(written ? 0 : 1);
  }
  ::close(ends[1]);
  Outcome outcome = read_outcome(ends[0], child);
  ::close(ends[0]);
  return outcome;
}

// The rule that was broken: what a smaller plan must break as well.
std::string rule_of(const Outcome& outcome) {
  return outcome.violations.empty() ? std::string()
                                    : outcome.violations.front().substr(0, outcome.violations.front().find(':'));
}

void report_failure(const Plan& plan, const Outcome& outcome, const Arguments& arguments) {
  fmt::print("\nseed {} failed:\n", plan.seed);
  for (const std::string& violation : outcome.violations) fmt::print("  {}\n", violation);
  fmt::print("shrinking …\n");
  std::fflush(stdout);
  const std::string rule = rule_of(outcome);
  const Plan smaller = shrink(plan, [&rule](const Plan& candidate) { return rule_of(run(candidate)) == rule; });
  const std::string text = to_json(smaller);
  fmt::print("  {}\n", text);
  for (const std::string& violation : run(smaller).violations) fmt::print("  {}\n", violation);
  const std::string file = fmt::format("{}/{}-{}.json", arguments.save, rule.substr(0, rule.find(' ')), plan.seed);
  std::ofstream(file) << text << '\n';
  fmt::print("  saved as {}; again: stepwell_sim --plan {}\n", file, file);
}

std::string summary(const Counts& counts, std::uint64_t seeds, std::uint64_t failed, double seconds) {
  std::string text = fmt::format(
      "{} seeds, {} steps, {} lives, {} executions, {} redrives, {} answers, {} facts, {} checks in {:.0f} s; {} "
      "failed\n",
      seeds, counts.steps, counts.lives, counts.started, counts.redriven, counts.answers, counts.facts, counts.checked,
      seconds, failed);
  for (std::size_t i = 0; i < fault_kinds; ++i)
    text += fmt::format("  {:18} {}\n", name_of(static_cast<Fault>(i)), counts.faults[i]);
  return text;
}

int run_plan(const Arguments& arguments) {
  std::ifstream file(arguments.plan);
  const auto plan = plan_of_json(std::string(std::istreambuf_iterator<char>(file), {}));
  if (!plan) usage(plan.error().message);
  const Outcome outcome = run(*plan);
  for (const std::string& violation : outcome.violations) fmt::print("{}\n", violation);
  fmt::print("{}", summary(outcome.counts, 1, outcome.violations.empty() ? 0 : 1, 0));
  return outcome.violations.empty() ? 0 : 1;
}

int run_seeds(const Arguments& arguments) {
  const auto begun = Steady::now();
  const auto seconds = [begun] { return std::chrono::duration<double>(Steady::now() - begun).count(); };
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  std::uint64_t seed = arguments.seed.value_or(std::random_device()());
  fmt::print("seed {} and on, {} steps each\n", seed, arguments.steps);
  Counts counts;
  std::uint64_t seeds = 0, failed = 0;
  do {
    Plan plan{.seed = seed++, .steps = arguments.steps};
    const Outcome outcome = run(plan);
    counts += outcome.counts;
    ++seeds;
    if (!outcome.violations.empty()) {
      ++failed;
      report_failure(plan, outcome, arguments);
    }
    if (terminal) fmt::print("\r{} seeds, {} steps, {} failed, {:.0f} s ", seeds, counts.steps, failed, seconds());
    std::fflush(stdout);
  } while (arguments.time && seconds() < static_cast<double>(arguments.time->count()));
  fmt::print("{}{}", terminal ? "\r" : "", summary(counts, seeds, failed, seconds()));
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace stepwell::engine::sim

int main(int argc, char** argv) {
  using namespace stepwell::engine::sim;
  const Arguments arguments = read_arguments(argc, argv);
  return arguments.plan.empty() ? run_seeds(arguments) : run_plan(arguments);
}
