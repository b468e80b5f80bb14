#pragma once
// Completion scripts, made from the commands and options that the command line has.

#include <string>
#include <vector>

namespace stepwell::server {

struct CompletionEntry {
  std::string command;
  std::string description;
  std::vector<std::string> options;  // with their dashes
};

int print_completion(const std::string& shell, const std::vector<CompletionEntry>& entries);

}  // namespace stepwell::server
