// differential_asl [--definitions N] [--seed S] [--all] [--show] [--verbose] [FILE…]
//
// Runs N definitions (2,000 unless said), made from the seeds S, S+1, …, on the engine and on the reference
// interpreter, and compares what they come to. A case that differs is made small and printed as JSON, which is also
// what a FILE holds. Every second case is run on an engine that is thrown away and made anew over its store again and
// again. A case in which an answer meets another answer or a timer may be told in more than one way from there on: it
// is compared up to that time only, and counted as open, when all of it does not agree.
//
// Ends at the first difference (exit 1); with --all after all definitions. --show prints every case and what the
// reference makes of it, --verbose both histories of a case that differs. The last lines tell what was run.

#include "compare.h"
#include "engine_run.h"
#include "generator.h"
#include "reference/reference.h"
#include "shrink.h"
#include "tally.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace stepwell::differential {
namespace {

const std::string kInvalid = "the definition is not valid: ";

struct Options {
  std::uint64_t definitions = 2'000;
  std::uint64_t seed = 1;
  bool all = false;
  bool verbose = false;
  bool show = false;
  std::vector<std::string> files;
};

struct Compared {
  Outcome reference;
  Comparison comparison;
};

Compared run_both(const Case& value, std::size_t restart_every) {
  std::string why;
  Compared result{.reference = {}, .comparison = {}};
  const auto engine = run_on_engine(value, restart_every, &why);
  if (!engine) {
    result.comparison.difference = kInvalid + why;
    return result;
  }
  result.reference = Reference::run(value);
  result.comparison = compare(*engine, result.reference);
  return result;
}

std::optional<std::string> difference(const Case& value, std::size_t restart_every) {
  return run_both(value, restart_every).comparison.difference;
}

void print_history(const char* title, const Outcome& outcome) {
  fmt::print("{}: {} {} {} {}\n", title, outcome.status, outcome.output.value_or(""), outcome.error.value_or(""),
             outcome.cause.value_or(""));
  for (const HistoryEvent& event : outcome.history) fmt::print("  {}\n", to_text(event));
}

void tell(const std::string& name, const Case& value, const std::string& what, bool verbose) {
  fmt::print("{} differs: {}\n{}\n", name, what, to_text(value));
  if (!verbose) return;
  if (const auto engine = run_on_engine(value, 0)) print_history("engine", *engine);
  print_history("reference", Reference::run(value));
}

bool run_files(const Options& options) {
  bool good = true;
  for (const std::string& file : options.files) {
    std::ifstream in(file);
    const Case value = parse_case(std::string(std::istreambuf_iterator<char>(in), {}));
    for (const std::size_t restart_every : {0, 2, 3}) {
      const auto what = difference(value, restart_every);
      if (!what) continue;
      good = false;
      tell(file, value, *what, options.verbose);
      break;
    }
  }
  return good;
}

void tell_small(std::uint64_t seed, std::size_t restart_every, const Case& value, bool verbose) {
  const Case small = shrink(value, [&](const Case& candidate) {
    const auto what = difference(candidate, restart_every);
    return what && !what->starts_with(kInvalid);
  });
  const auto what = difference(small, restart_every);
  tell(fmt::format("seed {} (restarts {})", seed, restart_every), small, what.value_or("not any more"), verbose);
}

bool run_seeds(const Options& options) {
  Tally tally;
  for (std::uint64_t i = 0; i < options.definitions; ++i) {
    const std::uint64_t seed = options.seed + i;
    const Case value = Generator(seed).make();
    const std::size_t restart_every = seed % 2 == 0 ? 0 : 2 + seed % 5;
    const auto [reference, comparison] = run_both(value, restart_every);
    tally.add(reference, comparison);
    if (comparison.difference && comparison.difference->starts_with(kInvalid)) {
      tell(fmt::format("seed {}", seed), value, *comparison.difference, false);
      if (!options.all) break;
    } else if (comparison.difference) {
      tell_small(seed, restart_every, value, options.verbose);
      if (!options.all) break;
    } else if (options.show) {
      fmt::print("{}\n", to_text(value));
      print_history("reference", reference);
    }
  }
  fmt::print("{}", tally.text(options.seed));
  return tally.differing() == 0;
}

std::optional<Options> read(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--all") {
      options.all = true;
    } else if (argument == "--show") {
      options.show = true;
    } else if (argument == "--verbose") {
      options.verbose = true;
    } else if ((argument == "--definitions" || argument == "--seed") && i + 1 < count) {
      (argument == "--seed" ? options.seed : options.definitions) = std::strtoull(arguments[++i], nullptr, 10);
    } else if (argument.starts_with("-")) {
      return std::nullopt;
    } else {
      options.files.emplace_back(argument);
    }
  }
  return options;
}

}  // namespace
}  // namespace stepwell::differential

int main(int count, char** arguments) {
  using namespace stepwell::differential;
  const auto options = read(count, arguments);
  if (!options) {
    std::fputs("differential_asl [--definitions N] [--seed S] [--all] [--show] [--verbose] [FILE…]\n", stderr);
    return 2;
  }
  return (options->files.empty() ? run_seeds(*options) : run_files(*options)) ? 0 : 1;
}
