# dev help [COMMAND]
#
# Lists the commands, or explains one of them.
#
# Examples:
#   ./dev help
#   ./dev help build

if [ $# -gt 0 ]; then
  if [ "$1" = lib ] || [ ! -f "tools/dev/$1.sh" ]; then fail_usage "there is no command '$1'"; fi
  print_help "tools/dev/$1.sh"
  exit 0
fi
echo "${bold}Stepwell${plain}: a self-hosted serverless application platform. Start with ./dev up"
echo
for name in up test build dist check console fmt lint new bench fuzz sim crash soak setup help; do
  summary=$(print_help "tools/dev/$name.sh" | sed -n '3p')
  printf '  %s%-8s%s %s\n' "$bold" "$name" "$plain" "$summary"
done
echo
echo "Each has --help with examples. Variables: STEPWELL_JOBS (compilations at once), STEPWELL_NO_INSTALL=1 (never"
echo "install packages), STEPWELL_DATA (data directory of ./dev up), NO_COLOR."
