# dev bench [BENCHMARK OPTIONS | waiting [--executions N] [--connections N] [--sync always|interval]]
#
# Builds and runs the benchmarks, beginning with a description of the machine they ran on.
#
# Options go to Google Benchmark. Without any, and where Node is, JSONata is also compared with its reference
# implementation (jsonata of npm). `waiting` starts a million executions that wait, restarts the server and holds memory,
# readiness and timers to their bounds.
#
# Examples:
#   ./dev bench
#   ./dev bench --benchmark_filter=json --benchmark_repetitions=5
#   ./dev bench waiting --executions 200000

need_packages build
if [ "${1:-}" = waiting ]; then
  shift
  build_targets release stepwell stepwell_load || exit 1
  "$python" tools/dev/machine.py build
  exec "$python" tests/bench/waiting.py "$@"
fi
build_targets release stepwell_bench || exit 1
program=$(find build/release -name stepwell_bench -type f -executable | head -n 1)
"$python" tools/dev/machine.py build
"$program" "$@" || exit 1
[ $# = 0 ] || exit 0
if command -v node >/dev/null; then exec "$python" tests/bench/jsonata/compare.py "$program"; fi
