# dev fuzz [TARGET] [SECONDS]
#
# Fuzzes a target (or each in turn) for some seconds, 60 unless said, under the sanitizers.
#
# What was found interesting is kept in build/fuzz/TARGET and read again by the next run; an input that crashes is
# written to build/fuzz/crashes and named at the end.
#
# Examples:
#   ./dev fuzz            every target for a minute
#   ./dev fuzz json 600   one target for ten minutes

need_packages build test asan
configure asan
mapfile -t targets < <(ninja -C build/asan -t targets all | sed -n 's/^\(fuzz_[a-z0-9_]*\): phony.*/\1/p' | sort -u)
[ ${#targets[@]} -gt 0 ] || fail "the asan build has no fuzz targets"
seconds=60
case "${1:-}" in
  '') ;;
  [0-9]*) seconds=$1 ;;
  *)
    target=fuzz_${1#fuzz_}
    [[ " ${targets[*]} " == *" $target "* ]] || fail_usage "there is no target '$1'; there are: ${targets[*]}"
    targets=("$target")
    seconds=${2:-60}
    ;;
esac
build_targets asan "${targets[@]}" || exit 1
exec "$python" tests/run.py --only fuzz --no-build --fuzz-seconds "$seconds" "$(IFS='|' && echo "^fuzz/(${targets[*]})\$")"
