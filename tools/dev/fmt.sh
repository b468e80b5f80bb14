# dev fmt [--check] [--all | FILE…]
#
# Formats the C++ files that were changed (or all, or the ones named) with clang-format-19.
#
#   --check   changes nothing; exit status 1 when a file is not formatted
#
# Examples:
#   ./dev fmt
#   ./dev fmt --check --all
#   ./dev fmt src/base/time.cpp

mode=(-i)
if [ "${1:-}" = --check ]; then mode=(--dry-run --Werror) && shift; fi
need_packages lint
mapfile -t sources < <(select_sources "$@")
if [ ${#sources[@]} = 0 ]; then
  echo "no C++ file has changed"
  exit 0
fi
clang-format-19 "${mode[@]}" "${sources[@]}"
done_line "${#sources[@]} files: formatted"
