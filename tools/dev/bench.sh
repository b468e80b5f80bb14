# dev bench [BENCHMARK OPTIONS | load [WORKLOAD…] [OPTIONS] | waiting [OPTIONS] | console [OPTIONS]]
#
# Builds and runs the benchmarks, beginning with a description of the machine they ran on.
#
# Options go to Google Benchmark. Without any, and where Node is, JSONata is also compared with its reference
# implementation (jsonata of npm). `load` puts a whole server under load (docs/performance.md says with what), beside a bare
# HTTP server. `waiting` starts a million executions that wait, restarts the server and holds memory, readiness and
# timers to their bounds. `console` opens the web console in a browser and tells how long its pages take.
#   load:     --rounds N, --json FILE (figures of every round), --compare FILE (such figures of before: shows the ratio)
#   waiting:  --executions N, --connections N, --sync always|interval
#   console:  --executions N (in the list that is filtered)
#
# Examples:
#   ./dev bench
#   ./dev bench --benchmark_filter=json --benchmark_repetitions=5
#   ./dev bench load w1 w2 --json before.json
#   ./dev bench load w1 w2 --compare before.json
#   ./dev bench waiting --executions 200000

need_packages build
case "${1:-}" in
  load) script=workloads.py targets="stepwell stepwell_load stepwell_bare slow_sync" ;;
  waiting) script=waiting.py targets="stepwell stepwell_load" ;;
  console) script=console.py targets=stepwell && need_packages test ;;
  *) script= ;;
esac
if [ -n "$script" ]; then
  shift
  # shellcheck disable=SC2086
  build_targets release $targets || exit 1
  "$python" tools/dev/machine.py build
  exec "$python" "tests/bench/$script" "$@"
fi
build_targets release stepwell_bench || exit 1
program=$(find build/release -name stepwell_bench -type f -executable | head -n 1)
"$python" tools/dev/machine.py build
"$program" "$@" || exit 1
[ $# = 0 ] || exit 0
if command -v node >/dev/null; then exec "$python" tests/bench/jsonata/compare.py "$program"; fi
