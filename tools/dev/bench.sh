# dev bench [--json FILE] [--compare FILE] [BENCHMARK OPTIONS | load [WORKLOAD…] | waiting | peers [PEER…] | sustained | console]
#
# Builds and runs the benchmarks, beginning with a description of the machine they ran on.
#
# Without a word: the parts, in one process; options go to Google Benchmark. Without any, and where Node is, JSONata is also
# compared with its reference implementation (jsonata of npm). `load` puts a whole server under load (docs/performance.md
# says with what), beside a bare HTTP server and a bare log. `waiting` starts a million executions that wait, restarts the
# server and holds memory, readiness and timers to their bounds. `peers` runs other engines under the same workloads; they
# come from npm. `sustained` starts and deletes executions by the million, and tells what the store is left with.
# `console` opens the web console in a browser and tells how long its pages take.
#   parts:      --json FILE (what was measured), --compare FILE (such a file of before: shows the ratio)
#   load:       --rounds N, --cores N (that the server may use), --json FILE (figures of every round), --compare FILE
#   waiting:    --executions N, --connections N, --sync always|interval
#   peers:      --rounds N, --json FILE
#   sustained:  --executions N, --retention SPAN
#   console:    --executions N (in the list that is filtered), --store rocksdb|memory
#
# Examples:
#   ./dev bench
#   ./dev bench --benchmark_filter=json --benchmark_repetitions=5 --json before.json
#   ./dev bench load w1 w2 --json before.json
#   ./dev bench load w1 w2 --compare before.json
#   ./dev bench waiting --executions 200000
#   ./dev bench peers aws-local-stepfunctions --rounds 1

need_packages build
case "${1:-}" in
  load) script=workloads.py targets="stepwell stepwell_load stepwell_bare stepwell_bare_log slow_sync" ;;
  waiting) script=waiting.py targets="stepwell stepwell_load" ;;
  sustained) script=sustained.py targets="stepwell stepwell_load" ;;
  peers) script=peers.py targets="stepwell stepwell_load stepwell_bare stepwell_bare_log stepwell_bench" ;;
  console) script=console.py targets="stepwell stepwell_load" && need_packages test ;;
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
"$python" tests/bench/parts.py "$@" || exit 1
[ $# = 0 ] || exit 0
if command -v node >/dev/null; then exec "$python" tests/bench/jsonata/compare.py "$program"; fi
