# dev soak [--for 15m]
#
# Holds a server under a mixed load to its level of memory, threads and files.
#
# boto3, the AWS CLI and plain HTTP work on it at half the rate that they reach: nothing may grow after the warm-up, and
# no call may be answered otherwise than expected. Prints a line a minute and a summary; ends with 1 when something grew or went wrong.
#   --for 15m    how long: a number with s, m or h behind it
#
# Examples:
#   ./dev soak
#   ./dev soak --for 60s

need_packages build test
build_targets release stepwell || exit 1
exec "$python" tests/soak/soak.py "$@"
