# dev setup
#
# Prepares a clone for work: packages, the git hook, compile commands for clangd.
#
# The hook (tools/hooks/pre-commit) checks the format and the house rules of the files a commit changes, in seconds.
#
# Examples:
#   ./dev setup

[ $# = 0 ] || fail_usage "dev setup takes no arguments"
need_packages build run test asan lint
step "git hook: tools/hooks"
git config core.hooksPath tools/hooks
configure release
step "compile_commands.json for clangd"
ln -sfn build/release/compile_commands.json compile_commands.json
done_line "ready: ./dev build, ./dev test, ./dev help"
