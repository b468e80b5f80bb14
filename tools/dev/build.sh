# dev build [release|debug|asan] [--all | TARGET…]
#
# Builds the program (or the targets named, or with --all everything) and says where it is.
#
# The preset is release unless one is given; its output is in build/PRESET. What is missing to build is installed from
# Debian's packages first. asan is the build with address and undefined-behaviour sanitizers and the fuzz targets.
#
# Examples:
#   ./dev build                      the optimised program: build/release/stepwell
#   ./dev build debug --all          everything, debuggable
#   ./dev build asan test_lang_json  one unit test program under the sanitizers

preset=release
case "${1:-}" in
  release | debug | asan) preset=$1 && shift ;;
  -*) [ "$1" = --all ] || fail_usage "unknown option $1; see ./dev build --help" ;;
esac
started=$SECONDS
purposes=(build)
[ "$preset" = asan ] && purposes+=(asan)
need_packages "${purposes[@]}"
case "${1:-}" in
  '') build_targets "$preset" stepwell ;;
  --all) build_targets "$preset" ;;
  *) build_targets "$preset" "$@" ;;
esac
[ -x "build/$preset/stepwell" ] && echo "$PWD/build/$preset/stepwell"
done_line "done in $((SECONDS - started)) s"
