# dev crash [--kills N] [--seed S] [-- OPTIONS OF stepwell serve]
#
# Kills a server under mixed load at random moments, N times on one data directory, and looks for all that it acknowledged.
#
# The load starts, repeats, stops and redrives executions of many kinds, works on activities and callbacks, and changes
# machines, activities and tags; others send messages, publish, put events and start executions, each of which has to be there
# once. The last line says what was lost, doubled, ended otherwise than it should, or breaks a
# rule of histories or tables (stepwell check); the exit status is 1 when something did, and the data is kept then.
#   --kills N  100 unless said, which takes about two minutes
#   --seed S   what the moments and the load follow, as far as they can; a random one unless said
#   -- …       goes to the server: what --store memory loses is found
#
# Examples:
#   ./dev crash
#   ./dev crash --kills 300
#   ./dev crash --kills 20 --seed 7 -- --sync interval

need_packages build test
"$python" tests/crash/storm --check "$@" || exit
build_targets release stepwell || exit 1
exec "$python" tests/crash/storm "$@"
