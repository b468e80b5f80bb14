#pragma once
// The command line (its only file that knows CLI11): reads the arguments and runs the subcommand. Exit codes: 0 done, 1
// the thing asked for failed (an execution, a definition), 2 the command line or the surroundings are wrong.

namespace stepwell::server {

int run_command_line(int argc, char** argv);

}  // namespace stepwell::server
