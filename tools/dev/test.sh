# dev test [--quick] [--list] [--url URL] [--tls] [--generated N] [--seed S] [--program FILE] [FILTER]
#
# Installs what the tests need, builds, and runs all tests; the last line is `N passed, N failed`.
#
# In this order: house rules, unit tests, scripts against the built program (clients, crashes, …), short fuzz runs. As
# many scripts run at a time as there are cores; the fuzz targets are built meanwhile.
#   --quick   without the slow suites (crash, fuzz)
#   --list    names the cases without running them
#   --url URL  the suite clients against what answers there, AWS included, instead of a server of its own
#   --tls     the suite clients over TLS, whole; without it a part of it is
#   --generated N, --seed S   malformed requests of each kind that wire/test_generated sends, and what they are made from
#   --program FILE            what the scripts test instead of the release build: build/asan/stepwell, for instance
#   FILTER    a regular expression searched in the names of the cases; a name that begins with a suite's ('unit/…')
#             runs that suite only
# Each failure is printed with the command that runs it again. The exit status is 1 when a case failed.
#
# Examples:
#   ./dev test
#   ./dev test --quick
#   ./dev test unit/lang/json
#   ./dev test clients/test_aws_cli

need_packages build run test asan
exec "$python" tests/run.py --jobs "$(build_jobs)" "$@"
