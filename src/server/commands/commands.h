#pragma once
// The subcommands, one file each in commands/. They return the exit code (command_line.h).

#include "server/options.h"

namespace stepwell::server {

int serve(const ServeOptions& options);
int run(const RunOptions& options);
int validate(const ValidateOptions& options);
int eval(const EvalOptions& options);
int check(const CheckOptions& options);
int backup(const BackupOptions& options);
int restore(const RestoreOptions& options);
// `file` holds that many settings, which have been read into `options`.
int check_config(const std::string& file, std::size_t settings, const ServeOptions& options);
int env(const EnvOptions& options);
int version();

}  // namespace stepwell::server
