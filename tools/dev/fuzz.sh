# dev fuzz [TARGET…] [--for TIME] [--jobs N]
#
# Fuzzes targets (all unless named) under the sanitizers, each for a time.
#
# What was found interesting is kept in build/fuzz/TARGET and read again by the next run; the output of libFuzzer is in
# build/fuzz/TARGET.log. A target ends at its first finding: the input is written to build/fuzz/crashes, and the last
# lines say how to run it again. The exit status is 1 when something was found.
#   TARGET      the name of tests/fuzz/TARGET_fuzz.cpp
#   --for TIME  for each target: 90s, 30m, 2h (1m unless said)
#   --jobs N    targets at once (1 unless said)
#
# Examples:
#   ./dev fuzz                             every target for a minute
#   ./dev fuzz json --for 10m
#   ./dev fuzz asl_run intrinsics --for 2h --jobs 2

need_packages build test asan
"$python" tools/dev/fuzz.py --check "$@" || exit
mapfile -t targets < <("$python" tools/dev/fuzz.py --targets "$@")
build_targets asan "${targets[@]}" || exit 1
exec "$python" tools/dev/fuzz.py "$@"
