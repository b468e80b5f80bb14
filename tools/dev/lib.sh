# shellcheck shell=bash
# What the commands of ./dev share: output, packages, configuring and building. Sourced with the project as the working
# directory.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

step() { printf '%s\n' "${bold}==>${plain} $*"; }
note() { printf '%s\n' "    ${dim}$*${plain}"; }
done_line() { printf '%s\n' "${green}$*${plain}"; }
fail() { printf '%s\n' "${red}error:${plain} $*" >&2; exit 1; }
fail_usage() { printf '%s\n' "${red}error:${plain} $*" >&2; exit 2; }

# The help of a command is the comment its file begins with.
print_help() { sed -n -e '/^# shellcheck/d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$1"; }

# ---------------------------------------------------------------------------------------------------------- packages

# Prints the packages of the named purposes (tools/packages/PURPOSE.txt) that are not installed, one a line.
missing_packages() {
  local purpose package condition command
  local -a wanted=()
  for purpose; do
    while read -r package condition command; do
      case "$package" in '' | '#'*) continue ;; esac
      if [ "$condition" = unless ] && command -v "$command" >/dev/null; then continue; fi
      wanted+=("$package")
    done <"tools/packages/$purpose.txt"
  done
  [ ${#wanted[@]} -gt 0 ] || return 0
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
  for package in "${wanted[@]}"; do
    case $'\n'"$installed"$'\n' in *$'\n'"installed $package"$'\n'*) ;; *) echo "$package" ;; esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Shows the progress of apt-get on one line of a terminal, elsewhere as a line now and then; all of it goes to the log.
apt_progress() {
  local line shown=0 terminal=''
  [ -t 1 ] && terminal=1
  while IFS= read -r line; do
    case "$line" in Get:* | Unpacking* | 'Setting up'*) ;; *) continue ;; esac
    shown=$((shown + 1))
    if [ -n "$terminal" ]; then
      printf '\r\e[K    %s' "${line:0:100}"
    elif [ $((shown % 40)) = 0 ]; then
      printf '    %s\n' "${line:0:100}"
    fi
  done
  [ -n "$terminal" ] && printf '\r\e[K'
  return 0
}

apt_get() {
  local log=build/packages.log
  mkdir -p build
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1 |
    tee -a "$log" | apt_progress
  return "${PIPESTATUS[0]}"
}

# Installs what the purposes need and the machine lacks. When nothing is missing this is one dpkg-query.
need_packages() {
  command -v dpkg-query >/dev/null || {
    note "not a Debian system: the packages of tools/packages/ are yours to install"
    return 0
  }
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  local by_hand="apt-get install --no-install-recommends ${missing[*]}"
  [ -z "${STEPWELL_NO_INSTALL:-}" ] || fail "missing packages; install them with: $by_hand"
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "missing packages and no sudo here; as root: $by_hand"
  fi
  step "installing ${#missing[@]} packages from Debian: ${missing[*]}"
  local updated=''
  if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    note "apt-get update"
    apt_get update || fail "apt-get update failed; see build/packages.log"
    updated=1
  fi
  if ! apt_get install --no-install-recommends "${missing[@]}"; then
    # A stale list of packages names files that the mirror no longer has.
    if [ -z "$updated" ] && note "apt-get update, and once more" && apt_get update &&
      apt_get install --no-install-recommends "${missing[@]}"; then
      return 0
    fi
    tail -n 5 build/packages.log >&2
    fail "apt-get install failed; see build/packages.log"
  fi
}

# --------------------------------------------------------------------------------------------------------- build tree

# Compilations at once: one a core, but no more than one for each gigabyte of free memory.
build_jobs() {
  [ -z "${STEPWELL_JOBS:-}" ] || { echo "$STEPWELL_JOBS"; return; }
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
  [ "$gigabytes" -ge 1 ] || gigabytes=1
  echo $((cores < gigabytes ? cores : gigabytes))
}

# Ninja runs CMake itself when a CMakeLists.txt or a folder's files change; a changed preset it does not see.
configure() {
  local preset=$1
  if [ -f "build/$preset/build.ninja" ] && [ ! CMakePresets.json -nt "build/$preset/build.ninja" ]; then return 0; fi
  step "configuring $preset"
  mkdir -p build
  if ! cmake --preset "$preset" >"build/configure-$preset.log" 2>&1; then
    grep -A 12 -m 1 'CMake Error' "build/configure-$preset.log" >&2 || tail -n 20 "build/configure-$preset.log" >&2
    fail "cmake failed; see build/configure-$preset.log"
  fi
}

# True when the preset's build knows the target.
has_target() { ninja -C "build/$1" -t query "$2" >/dev/null 2>&1; }

# build_targets PRESET [TARGET…]; without a target everything is built.
build_targets() {
  local preset=$1 started=$SECONDS
  shift
  configure "$preset"
  step "building $preset${1:+: $*}"
  ninja -C "build/$preset" -j "$(build_jobs)" "$@" || return 1
  note "built in $((SECONDS - started)) s"
}

# ------------------------------------------------------------------------------------------------------ changed files

# The commit that this work began from: where it left the main branch, else the last commit.
work_base() {
  local branch
  for branch in "${STEPWELL_BASE:-}" origin/main main; do
    [ -n "$branch" ] && git merge-base HEAD "$branch" 2>/dev/null && return
  done
  git rev-parse HEAD
}

# changed_files [PATTERN…]: files that differ from the base or are new, and still exist.
changed_files() {
  { git diff --name-only --diff-filter=d "$(work_base)" -- "$@"; git ls-files --others --exclude-standard -- "$@"; } | sort -u
}

# C++ sources given as arguments, or the changed ones, or with --all every one.
select_sources() {
  case "${1:-}" in
    '') changed_files '*.cpp' '*.h' ;;
    --all) git ls-files --cached --others --exclude-standard -- '*.cpp' '*.h' ;;
    -*) fail_usage "unknown option $1" ;;
    *) printf '%s\n' "$@" ;;
  esac
}

# Debian's Python: another one first in PATH lacks Debian's modules.
python=/usr/bin/python3
