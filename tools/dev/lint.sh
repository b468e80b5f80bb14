# dev lint [--all | FILE…]
#
# Runs clang-tidy-19 on changed C++ files, the house rules, and lists long functions and files.
#
# The list of functions over 70 and files over 500 lines shows places to look at; it fails nothing.
#
# Examples:
#   ./dev lint
#   ./dev lint --all
#   ./dev lint src/lang/json/parse.cpp

need_packages build lint
status=0
step "house rules"
"$python" tools/house_rules --sizes || status=1
step "shell scripts"
mapfile -t scripts < <(git ls-files dev .ci/run 'tools/dev/*.sh' tools/hooks/pre-commit)
[ ${#scripts[@]} = 0 ] || shellcheck --shell=bash --severity=warning --exclude=SC2034,SC2154 "${scripts[@]}" || status=1

mapfile -t sources < <(select_sources "$@" | grep '\.cpp$' || true)
if [ ${#sources[@]} -gt 0 ]; then
  configure release
  # The compile commands refer to the precompiled headers, so these must be there and current.
  mapfile -t headers < <(ninja -C build/release -t targets all | sed -n 's/^\(.*\.pch\): .*/\1/p')
  [ ${#headers[@]} = 0 ] || ninja -C build/release -j "$(build_jobs)" "${headers[@]}" >/dev/null
  step "clang-tidy on ${#sources[@]} files"
  printf '%s\0' "${sources[@]}" |
    xargs -0 -n 1 -P "$(build_jobs)" clang-tidy-19 --quiet -p build/release 2> >(grep -v 'warnings generated' >&2) || status=1
fi
[ "$status" = 0 ] && done_line "nothing to complain about"
exit "$status"
