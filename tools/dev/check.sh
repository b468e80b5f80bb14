# dev check
#
# What to run before a commit: house rules, format of changed files, types of the web console, build, unit tests.
#
# Examples:
#   ./dev check

[ $# = 0 ] || fail_usage "dev check takes no arguments"
need_packages build test lint
status=0
step "format of changed files"
mapfile -t sources < <(select_sources)
if [ ${#sources[@]} -gt 0 ] && ! clang-format-19 --dry-run --Werror "${sources[@]}"; then
  note "mend with: ./dev fmt"
  status=1
fi
if [ -d console/node_modules ]; then
  step "types of the web console"
  (cd console && node_modules/.bin/tsc --noEmit) || status=1
fi
"$python" tests/run.py --jobs "$(build_jobs)" --only house,tools,unit || status=1
exit "$status"
