#include "server/completion.h"

#include <cstdio>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

std::string names(const std::vector<CompletionEntry>& entries) {
  std::string text;
  for (const CompletionEntry& entry : entries) text += (text.empty() ? "" : " ") + entry.command;
  return text;
}

std::string bash(const std::vector<CompletionEntry>& entries) {
  std::string cases;
  for (const CompletionEntry& entry : entries) {
    cases += fmt::format("    {}) words=\"{}\" ;;\n", entry.command, fmt::join(entry.options, " "));
  }
  return fmt::format(R"(_stepwell() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" words=""
  case "${{COMP_WORDS[1]}}" in
{}    *) words="{}" ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="{}"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; [ "$COMP_CWORD" -gt 1 ] && compgen -f -- "$word")
}}
complete -o filenames -F _stepwell stepwell
)",
                     cases, names(entries), names(entries));
}

std::string zsh(const std::vector<CompletionEntry>& entries) {
  return "#compdef stepwell\nautoload -U +X bashcompinit && bashcompinit\n" + bash(entries);
}

std::string fish(const std::vector<CompletionEntry>& entries) {
  std::string text;
  for (const CompletionEntry& entry : entries) {
    text +=
        fmt::format("complete -c stepwell -n __fish_use_subcommand -a {} -d '{}'\n", entry.command, entry.description);
    for (const std::string& option : entry.options) {
      text += fmt::format("complete -c stepwell -n '__fish_seen_subcommand_from {}' -l {}\n", entry.command,
                          option.substr(2));
    }
  }
  return text;
}

}  // namespace

int print_completion(const std::string& shell, const std::vector<CompletionEntry>& entries) {
  const std::string script = shell == "bash" ? bash(entries) : shell == "zsh" ? zsh(entries) : fish(entries);
  std::fwrite(script.data(), 1, script.size(), stdout);
  return 0;
}

}  // namespace stepwell::server
