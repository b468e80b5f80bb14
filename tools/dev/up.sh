# dev up [--once] [EXAMPLE…]
#
# Builds Stepwell, starts it on this machine, deploys and runs the examples, and shows how to go on.
#
# The server listens on 127.0.0.1:4600, or on the next free port, and keeps its data in ./.stepwell-data ($STEPWELL_DATA).
#   --once     stops when the runs have ended; exit status 0 only when all ended as expected
#   EXAMPLE    only these folders of examples/
#
# Examples:
#   ./dev up
#   ./dev up --once
#   ./dev up hello retry

need_packages build run
build_targets release stepwell || exit 1
exec "$python" tools/dev/up.py "$@"
