# dev dist
#
# Builds the program that is handed out: compiled as a whole, for what it spends its time on.
#
# Three steps: a program that writes down what is run (build/train), a short run of every workload of ./dev bench and of
# its parts, and the program that is compiled with what was learned (build/dist). It is the same program, with assertions,
# that takes less processor time; docs/performance.md says how much. Takes several times as long as ./dev build; what was
# built and learned stays until the sources change, and a run that was interrupted goes on from there.
# The result is build/dist/stepwell-VERSION-MACHINE.tar.gz: the program without symbols, README.md, LICENSE.
#
# Examples:
#   ./dev dist

[ $# = 0 ] || fail_usage "dev dist takes no arguments"
started=$SECONDS
need_packages build dist
build_targets release stepwell_load stepwell_bare stepwell_bare_log slow_sync || exit 1

# What was learned is kept with the program that it was learned from; what was compiled with it goes when it does.
learn() {
  step "learning what is run"
  local profiles=$PWD/build/train/profiles
  rm -rf "$profiles"
  export LLVM_PROFILE_FILE="$profiles/%p.profraw"
  STEPWELL_PROGRAM=$PWD/build/train/stepwell "$python" tests/bench/workloads.py w1 w2 w3 w4 sqs sns --rounds 1 || return 1
  build/train/tests/bench/stepwell_bench --benchmark_min_time=0.02 >build/train/parts.log 2>&1 || fail "see build/train/parts.log"
  unset LLVM_PROFILE_FILE
  llvm-profdata-19 merge -o "$profiles/all" "$profiles"/*.profraw || return 1
  mkdir -p build/dist
  find build/dist -name '*.o' -delete
  mv "$profiles/all" build/train/stepwell.profdata
}

build_targets train stepwell stepwell_bench || exit 1
[ build/train/stepwell.profdata -nt build/train/stepwell ] || learn || exit 1

build_targets dist stepwell || exit 1
version=$(build/dist/stepwell version | awk '{print $NF}')
name=stepwell-$version-$(uname -m)
step "packing $name.tar.gz"
rm -rf "build/dist/$name"
mkdir -p "build/dist/$name"
strip -o "build/dist/$name/stepwell" build/dist/stepwell
cp README.md LICENSE "build/dist/$name/"
tar -C build/dist -czf "build/dist/$name.tar.gz" "$name"
echo "$PWD/build/dist/$name.tar.gz"
done_line "done in $((SECONDS - started)) s"
