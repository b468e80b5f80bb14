# dev console [URL]
#
# Serves the web console from its sources, for work on it: a change is seen as soon as its file is saved.
#
# What it asks goes to the server at URL (http://127.0.0.1:4600 unless one is given), which ./dev up starts. The program
# itself has the console built in, at /_stepwell/console/.
#
# Examples:
#   ./dev console
#   ./dev console http://127.0.0.1:4601

[ $# -le 1 ] || fail_usage "dev console takes one argument at most"
case "${1:-}" in -*) fail_usage "unknown option $1; see ./dev console --help" ;; esac
need_packages build
cd console || exit 1
if [ ! -d node_modules ]; then
  step "packages of the console"
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || fail "npm ci failed"
fi
STEPWELL_URL=${1:-http://127.0.0.1:4600} exec node node_modules/vite/bin/vite.js
