#include "server/command_line.h"

#include "server/commands/commands.h"
#include "server/completion.h"
#include "server/config/environment.h"
#include "server/config/settings_file.h"
#include "server/durations.h"
#include "server/files.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

void add_identity(CLI::App& command, Identity& identity) {
  command.add_option("--account", identity.account, "Account id that this server answers for")
      ->envname("STEPWELL_ACCOUNT")
      ->check([](const std::string& text) {
        const bool digits = text.size() == 12 && text.find_first_not_of("0123456789") == std::string::npos;
        return digits ? std::string() : std::string("an account id has twelve digits");
      })
      ->capture_default_str();
  command.add_option("--region", identity.region, "Region that this server answers for")
      ->envname("STEPWELL_REGION")
      ->capture_default_str();
}

void add_endpoints(CLI::App& command, std::vector<std::string>& endpoints) {
  command.add_option("--endpoint", endpoints, "Send a service's calls elsewhere: SERVICE=URL (may be repeated)");
}

void add_ca_bundle(CLI::App& command, std::string& file) {
  command
      .add_option("--ca-bundle", file,
                  "Certificates (PEM) that calls over https believe, beside those that the system does")
      ->envname("AWS_CA_BUNDLE");
}

void add_serve(CLI::App& app, ServeOptions& options) {
  CLI::App& command = *app.add_subcommand("serve", "Run the server");
  command
      .add_option("--config", options.config,
                  "File with these options (YAML); without it, stepwell.yaml where that is there")
      ->envname("STEPWELL_CONFIG");
  add_identity(command, options.identity);
  command.add_option("--listen", options.listen, "Address and port; port 0 takes a free one")
      ->envname("STEPWELL_LISTEN")
      ->capture_default_str();
  command.add_option("--data-dir", options.data_dir, "Where everything durable is kept")
      ->envname("STEPWELL_DATA_DIR")
      ->capture_default_str();
  command.add_option("--store", options.store, "rocksdb keeps everything; memory forgets it at the end")
      ->check(CLI::IsMember({"rocksdb", "memory"}))
      ->capture_default_str();
  command
      .add_option("--sync", options.sync,
                  "always: what is acknowledged is on disk; interval: the last moments may be lost")
      ->check(CLI::IsMember({"always", "interval"}))
      ->envname("STEPWELL_SYNC")
      ->capture_default_str();
  const CLI::Option* interval =
      command
          .add_option("--sync-interval", options.sync_interval_ms,
                      "With --sync interval: milliseconds of acknowledged writes that a crash of the machine may take")
          ->check(CLI::Range(1, 60'000))
          ->envname("STEPWELL_SYNC_INTERVAL")
          ->capture_default_str();
  command.callback([&options, interval] {
    if (interval->count() > 0 && options.sync != "interval")
      throw CLI::ValidationError("--sync-interval", "goes with --sync interval");
  });
  command
      .add_option("--retention", options.retention,
                  "How long executions are kept after their end: 90d, 12h, 30m, 10s or off (for ever)")
      ->check([](const std::string& text) {
        return text == "off" || parse_duration(text) ? std::string()
                                                     : "expected a number with d, h, m or s behind it, or off";
      })
      ->envname("STEPWELL_RETENTION")
      ->capture_default_str();
  command.add_flag("--unbounded-history", options.unbounded_history,
                   "Lift AWS's limit of 25,000 events of history to an execution");
  add_endpoints(command, options.endpoints);
  command
      .add_option("--access-key", options.access_keys,
                  "ID:SECRET of the account's root (or ID:SECRET:ACCOUNT of another's; may be repeated); then every "
                  "request is verified")
      ->envname("STEPWELL_ACCESS_KEYS")
      ->delimiter(',');
  command
      .add_option("--enforce-iam", options.enforce_iam,
                  "Whether callers and roles may do only what their policies allow; auto: where other machines can "
                  "reach the server")
      ->check(CLI::IsMember({"auto", "on", "off"}))
      ->envname("STEPWELL_ENFORCE_IAM")
      ->capture_default_str();
  command
      .add_option("--host-name", options.host_names,
                  "A name that clients reach this server by, beside localhost and AWS's (may be repeated)")
      ->envname("STEPWELL_HOST_NAMES")
      ->delimiter(',');
  command
      .add_option("--max-connections", options.max_connections, "Clients beyond wait; one address gets half of them")
      ->check(CLI::Range(10, 1'000'000))
      ->capture_default_str();
  auto* certificate = command
                          .add_option("--tls-cert", options.tls_certificate,
                                      "Speak TLS: the certificate and its issuers (PEM); read again when it changes")
                          ->envname("STEPWELL_TLS_CERT");
  auto* key = command.add_option("--tls-key", options.tls_key, "The private key of --tls-cert (PEM)")
                  ->envname("STEPWELL_TLS_KEY")
                  ->needs(certificate);
  certificate->needs(key);
  command
      .add_option("--tls-listen", options.tls_listen,
                  "Address and port that speak TLS, so that --listen stays plain beside them")
      ->envname("STEPWELL_TLS_LISTEN")
      ->needs(certificate);
  command.add_option("--otlp-endpoint", options.otlp_endpoint, "Collector that traces are sent to (OTLP over HTTP)")
      ->envname("OTEL_EXPORTER_OTLP_ENDPOINT");
  add_ca_bundle(command, options.ca_bundle);
  command
      .add_option("--container-socket", options.container_socket,
                  "Engine that runs containers (ECS): unix:///run/docker.sock; without it, DOCKER_HOST, the usual "
                  "sockets, or podman on the PATH")
      ->check([](const std::string& text) {
        return text.starts_with("unix:///") || text.starts_with('/') ? "" : "expected unix:///path";
      })
      ->envname("STEPWELL_CONTAINER_SOCKET");
  command.add_flag("--verbose", options.verbose, "Log more");
  command.footer(R"(Examples:
  stepwell serve
  stepwell serve --config /etc/stepwell.yaml --verbose
  stepwell serve --listen 127.0.0.1:8083 --data-dir /var/lib/stepwell
  stepwell serve --store memory --endpoint lambda=http://127.0.0.1:9001
  stepwell serve --endpoint dynamodb=https://dynamodb.eu-west-1.amazonaws.com
  stepwell serve --sync interval --sync-interval 20
  stepwell serve --listen 0.0.0.0:4600 --access-key AKIAEXAMPLE:secret
  stepwell serve --access-key AKIAEXAMPLE:secret --enforce-iam on
  stepwell serve --listen 0.0.0.0:4643 --access-key AKIAEXAMPLE:secret --tls-cert server.pem --tls-key server.key
  stepwell serve --tls-listen 127.0.0.1:4643 --tls-cert server.pem --tls-key server.key)");
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App& command = *app.add_subcommand("run", "Run one definition here and now, and print its output");
  command.add_option("file", options.file, "Definition in Amazon States Language (JSON)")
      ->required()
      ->check(CLI::ExistingFile);
  command.add_option("--input", options.input, "Input: JSON, or @file")->capture_default_str();
  command
      .add_option("--mock", options.mocks,
                  "Answers of tasks, in the format of Step Functions Local's MockConfigFile.json")
      ->check(CLI::ExistingFile);
  command.add_flag("--trace", options.trace, "Print the history to standard error as it would be recorded");
  add_endpoints(command, options.endpoints);
  add_ca_bundle(command, options.ca_bundle);
  add_identity(command, options.identity);
  command.footer(R"(Examples:
  stepwell run hello.asl.json --input '{"who": "Ada"}'
  stepwell run order.asl.json --input @order.json --mock mocks.json --trace)");
}

void add_validate(CLI::App& app, ValidateOptions& options) {
  CLI::App& command = *app.add_subcommand("validate", "Check definitions: AWS's diagnostics, with line and column");
  command.add_option("files", options.files, "Definitions in Amazon States Language (JSON)")
      ->required()
      ->check(CLI::ExistingFile);
  command.add_option("--type", options.type, "Type of the state machine")
      ->check(CLI::IsMember({"STANDARD", "EXPRESS"}))
      ->capture_default_str();
  command.footer(R"(Examples:
  stepwell validate order.asl.json
  stepwell validate --type EXPRESS workflows/*.json)");
}

void add_eval(CLI::App& app, EvalOptions& options) {
  CLI::App& command = *app.add_subcommand("eval", "Evaluate expressions of the languages that definitions hold");
  command.add_option("language", options.language, "jsonpath, intrinsic, jsonata (as AWS has it) or jsonata-standard")
      ->required()
      ->check(CLI::IsMember({"intrinsic", "jsonata", "jsonata-standard", "jsonpath"}));
  CLI::Option* expression = command.add_option("expression", options.expression, "What to evaluate");
  command.add_option("--input", options.input, "What $ is: JSON, or @file")->capture_default_str();
  command.add_option("--bindings", options.bindings, "Variables by name: JSON, or @file; \"$$\" is the context object")
      ->capture_default_str();
  command
      .add_flag("--jsonl", options.lines,
                "Read {\"expr\", \"data\", \"bindings\", \"depth\"} a line, answer a line each")
      ->excludes(expression);
  command.callback([&options, expression] {
    if (!options.lines && expression->count() == 0) throw CLI::RequiredError("expression (or --jsonl)");
  });
  command.footer(R"~(Examples:
  stepwell eval jsonpath '$.lines[?(@.price > 10)].sku' --input @order.json
  stepwell eval jsonata '$sum($states.input.lines.price)' --bindings '{"states": {"input": {"lines": [{"price": 2}]}}}'
  stepwell eval intrinsic "States.Format('Hello, {}!', $.name)" --input '{"name": "Ada"}'
  stepwell eval jsonpath --jsonl < questions.jsonl)~");
}

void add_check(CLI::App& app, CheckOptions& options) {
  CLI::App& command = *app.add_subcommand("check", "Check that the data of a stopped server is sound");
  command.add_option("--data-dir", options.data_dir, "Where everything durable is kept; it is read only")
      ->envname("STEPWELL_DATA_DIR")
      ->capture_default_str();
  command.footer(R"(Every finding names the execution, the event and the rule that is broken; the exit status is then 1.

Examples:
  stepwell check
  stepwell check --data-dir /var/lib/stepwell)");
}

void add_backup(CLI::App& app, BackupOptions& options) {
  CLI::App& command = *app.add_subcommand("backup", "Copy everything durable into a folder, of a running server too");
  command.add_option("to", options.to, "The folder to write, on the server's machine; it must not be there yet")
      ->required();
  CLI::Option* directory =
      command.add_option("--data-dir", options.data_dir, "The data directory, in use by a server or not")
          ->envname("STEPWELL_DATA_DIR")
          ->capture_default_str();
  command.add_option("--url", options.url, "The running server, instead of its data directory")->excludes(directory);
  command.add_option("--access-key", options.access_key, "ID:SECRET, where the server demands signatures")
      ->envname("STEPWELL_ACCESS_KEYS");
  command.add_option("--region", options.region, "Region that the request is signed for")->capture_default_str();
  add_ca_bundle(command, options.ca_bundle);
  command.footer(R"(Examples:
  stepwell backup --data-dir /var/lib/stepwell /backups/2026-11-20
  stepwell backup --url http://127.0.0.1:4600 /backups/2026-11-20
  stepwell restore /backups/2026-11-20 --data-dir /var/lib/stepwell-restored)");
}

void add_restore(CLI::App& app, RestoreOptions& options) {
  CLI::App& command =
      *app.add_subcommand("restore", "Make a data directory of a backup, after checking every byte of it");
  command.add_option("from", options.from, "The folder that stepwell backup has written")->required();
  command.add_option("--data-dir", options.data_dir, "The data directory to make; it must hold no data yet")
      ->capture_default_str();
  command.footer(R"(Example:
  stepwell restore /backups/2026-11-20 --data-dir /var/lib/stepwell && stepwell serve --data-dir /var/lib/stepwell)");
}

void add_env(CLI::App& app, EnvOptions& options) {
  CLI::App& command = *app.add_subcommand("env", "Print what points AWS's command line and SDKs at the server");
  command.add_option("--url", options.url, "The server")->capture_default_str();
  command.add_option("--ca-bundle", options.ca_bundle,
                     "File with the authority that signed the server's certificate (PEM), for https");
  add_identity(command, options.identity);
  command.footer(R"~(Example:
  eval "$(stepwell env)" && aws stepfunctions list-state-machines
  eval "$(stepwell env --url https://localhost:4643 --ca-bundle ca.pem)")~");
}

void add_config(CLI::App& app, ConfigOptions& options) {
  CLI::App& command = *app.add_subcommand("config", "Look at the configuration file");
  command.require_subcommand(1);
  CLI::App& check = *command.add_subcommand("check", "Say what is wrong with the file, with line and column");
  check.add_option("--config", options.file, "The file")->envname("STEPWELL_CONFIG")->capture_default_str();
  command.footer(R"(Example:
  stepwell config check --config /etc/stepwell.yaml)");
}

// Every subcommand, and what it has read.
struct CommandLine {
  CLI::App app{"Stepwell: AWS Step Functions on your own machine, exact and durable.", "stepwell"};
  ServeOptions serve;
  RunOptions run;
  ValidateOptions validate;
  EvalOptions eval;
  CheckOptions check;
  BackupOptions backup;
  RestoreOptions restore;
  ConfigOptions config;
  EnvOptions env;
  std::string shell;

  CommandLine();
  // The exit code, where there is nothing to be done.
  std::optional<int> read(std::vector<std::string> arguments, const std::vector<Setting>& of_file);
};

CommandLine::CommandLine() {
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_serve(app, serve);
  add_run(app, run);
  add_validate(app, validate);
  add_eval(app, eval);
  add_check(app, check);
  add_backup(app, backup);
  add_restore(app, restore);
  add_config(app, config);
  add_env(app, env);
  app.add_subcommand("version", "Print the version");
  app.set_version_flag("--version", fmt::format("stepwell {}", STEPWELL_VERSION), "Print the version");
  CLI::App* complete = app.add_subcommand("completion", "Print the completion script of a shell");
  complete->add_option("shell", shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  complete->footer("Example:\n  stepwell completion bash > /etc/bash_completion.d/stepwell");
}

std::optional<int> CommandLine::read(std::vector<std::string> arguments, const std::vector<Setting>& of_file) {
  std::ranges::reverse(arguments);  // as CLI11 takes them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    const std::string_view message = error.what();
    const auto culprit = std::ranges::find_if(
        of_file, [message](const Setting& setting) { return message.contains("--" + setting.name + ":"); });
    if (culprit != of_file.end()) fmt::print(stderr, "{}: ", culprit->place);
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

// What stepwell.yaml may set: the options of serve, but for those that are about the file, or a map there.
std::vector<std::string> settable(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_subcommand("serve")->get_options()) {
    if (option->get_lnames().empty()) continue;
    const std::string& name = option->get_lnames().front();
    if (name != "help" && name != "config" && name != "endpoint") names.push_back(name);
  }
  return names;
}

Result<Settings> read_settings_file(const CLI::App& app, const std::string& path) {
  TRY_ASSIGN(const std::string text, read_file(path));
  const std::vector<std::string> names = settable(app);
  const std::vector<std::string_view> known(names.begin(), names.end());
  return read_settings(path, text, known, process_environment());
}

// The file that `serve` reads: what is named on its command line or in the environment, or the usual one.
std::string config_of(const std::vector<std::string>& arguments, const Environment& environment) {
  constexpr std::string_view option = "--config";
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string_view argument = arguments[at];
    if (argument == option && at + 1 < arguments.size()) return arguments[at + 1];
    if (argument.starts_with("--config=")) return std::string(argument.substr(option.size() + 1));
  }
  if (auto named = environment("STEPWELL_CONFIG")) return *std::move(named);
  return std::filesystem::exists(default_config) ? default_config : std::string();
}

bool is_given(const CLI::App& app, const std::string& name, const std::vector<std::string>& arguments,
              const Environment& environment) {
  const std::string option = "--" + name;
  const std::string variable = app.get_subcommand("serve")->get_option(option)->get_envname();
  return (!variable.empty() && environment(variable)) ||
         std::ranges::any_of(arguments, [&option](std::string_view argument) {
           return argument == option || argument.starts_with(option + "=");
         });
}

// The file's settings are more of the command line, where neither that nor the environment says otherwise.
std::vector<Setting> add_settings(const CLI::App& app, std::vector<Setting> settings,
                                  std::vector<std::string>& arguments) {
  const Environment environment = process_environment();
  std::erase_if(settings, [&](const Setting& setting) { return is_given(app, setting.name, arguments, environment); });
  for (const Setting& setting : settings) {
    for (const std::string& value : setting.values) arguments.push_back(fmt::format("--{}={}", setting.name, value));
  }
  return settings;
}

int complain(const Error& error) {
  fmt::print(stderr, "{}: {}\n", error.code, error.message);
  if (!error.detail.empty()) fmt::print(stderr, "{}\n", error.detail);
  return 2;
}

int read_and_serve(std::vector<std::string> arguments) {
  CommandLine line;
  Settings settings;
  if (const std::string file = config_of(arguments, process_environment()); !file.empty()) {
    auto read = read_settings_file(line.app, file);
    if (!read) return complain(read.error());
    settings = *std::move(read);
  }
  const auto of_file = add_settings(line.app, std::move(settings.options), arguments);
  if (const auto code = line.read(std::move(arguments), of_file)) return *code;
  line.serve.endpoints_of_file = std::move(settings.endpoints);
  return serve(line.serve);
}

// As `serve` would read it, whatever the environment says.
int check_config_file(const ConfigOptions& options) {
  CommandLine line;
  auto settings = read_settings_file(line.app, options.file);
  if (!settings) return complain(settings.error());
  std::vector<std::string> arguments = {"serve"};
  for (const Setting& setting : settings->options) {
    for (const std::string& value : setting.values) arguments.push_back(fmt::format("--{}={}", setting.name, value));
  }
  if (const auto code = line.read(std::move(arguments), settings->options)) return *code;
  line.serve.endpoints_of_file = std::move(settings->endpoints);
  return check_config(options.file, settings->options.size(), line.serve);
}

std::vector<CompletionEntry> completion_entries(const CLI::App& app) {
  std::vector<CompletionEntry> entries;
  for (const CLI::App* command : app.get_subcommands({})) {
    CompletionEntry entry{command->get_name(), command->get_description(), {}};
    for (const CLI::Option* option : command->get_options()) {
      if (!option->get_lnames().empty()) entry.options.push_back("--" + option->get_lnames().front());
    }
    for (const CLI::App* below : command->get_subcommands({})) entry.options.push_back(below->get_name());
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool wants_help =
      std::ranges::any_of(arguments, [](const auto& text) { return text == "--help" || text == "-h"; });
  if (!arguments.empty() && arguments.front() == "serve" && !wants_help) return read_and_serve(std::move(arguments));
  CommandLine line;
  if (const auto code = line.read(std::move(arguments), {})) return *code;
  const CLI::App& app = line.app;
  if (app.got_subcommand("run")) return run(line.run);
  if (app.got_subcommand("validate")) return validate(line.validate);
  if (app.got_subcommand("eval")) return eval(line.eval);
  if (app.got_subcommand("check")) return check(line.check);
  if (app.got_subcommand("backup")) return backup(line.backup);
  if (app.got_subcommand("restore")) return restore(line.restore);
  if (app.got_subcommand("config")) return check_config_file(line.config);
  if (app.got_subcommand("env")) return env(line.env);
  if (app.got_subcommand("version")) return version();
  return print_completion(line.shell, completion_entries(app));
}

}  // namespace stepwell::server
