# dev bench [BENCHMARK OPTIONS]
#
# Builds and runs the benchmarks, beginning with a description of the machine they ran on.
#
# Options go to Google Benchmark. Without any, and where Node is, JSONata is also compared with its reference
# implementation (jsonata of npm).
#
# Examples:
#   ./dev bench
#   ./dev bench --benchmark_filter=json --benchmark_repetitions=5

need_packages build
build_targets release stepwell_bench || exit 1
program=$(find build/release -name stepwell_bench -type f -executable | head -n 1)
"$python" tools/dev/machine.py build
"$program" "$@" || exit 1
[ $# = 0 ] || exit 0
if command -v node >/dev/null; then exec "$python" tests/bench/jsonata/compare.py "$program"; fi
