# dev sim [--seed N] [--steps N] [--for TIME] [--plan FILE]
#
# Simulates the engine in a world where everything fails: crashes, lost writes, full disks, clocks that jump, late answers.
#
# Everything follows from a seed. Without --seed a random one is taken and printed; with --for more seeds follow until
# the time is over. A seed that fails is shrunk and saved in tests/sim/failures, where it is a test from then on.
#   --seed N     the first seed
#   --steps N    steps with faults of each seed, 10000 unless said
#   --for TIME   goes on with further seeds for that long: 60s, 30m, 2h
#   --plan FILE  runs a saved plan again
#
# Examples:
#   ./dev sim --for 60s
#   ./dev sim --seed 42 --steps 50000
#   ./dev sim --plan tests/sim/failures/chain-42.json

need_packages build
build_targets release stepwell_sim || exit 1
exec build/release/tests/sim/stepwell_sim "$@"
