#pragma once
// What the command line asks for, one struct a subcommand. Defaults here are the program's defaults.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::server {

// Which server: shared by serve, run and env.
struct Identity {
  std::string account = "123456789012";
  std::string region = "us-east-1";
};

// A service that calls are sent to elsewhere.
struct EndpointOptions {
  std::string service;
  std::string url;
  std::string region;      // that calls are signed for; empty: the URL's, where it is AWS's, else the caller's
  std::string profile;     // of AWS's files, whose keys are used; empty: what is below, else what AWS's tools would use
  std::string access_key;  // likewise
  std::string secret_key;
  std::string session_token;
  std::uint32_t timeout_seconds = 900;
  std::string place = "--endpoint";  // where it is given
};

struct ServeOptions {
  Identity identity;
  std::string listen = "127.0.0.1:4600";
  std::string data_dir = ".stepwell-data";
  std::string store = "rocksdb";         // "rocksdb", "memory"
  std::string sync = "always";           // "always", "interval"
  std::uint32_t sync_interval_ms = 100;  // of sync "interval"
  std::string retention = "90d";         // of ended executions: "90d", "12h", "30m", "10s", "off"
  bool unbounded_history = false;
  std::vector<std::string> endpoints;  // SERVICE=URL
  std::vector<EndpointOptions> endpoints_of_file;
  std::vector<std::string> access_keys;  // ID:SECRET, ID:SECRET:ACCOUNT
  std::string enforce_iam = "auto";      // "on", "off", "auto": on beyond loopback
  std::vector<std::string> host_names;   // that the server answers to, beside those that it knows by itself
  std::size_t max_connections = 10'000;
  std::string tls_certificate;   // PEM file; empty: plain
  std::string tls_key;           // likewise
  std::string tls_listen;        // empty: `listen` speaks TLS where there is a certificate
  std::string otlp_endpoint;     // URL; empty: no traces are sent
  std::string ca_bundle;         // PEM file: authorities that https calls believe beside the system's
  std::string container_socket;  // unix:///path of a container engine; empty: it is looked for
  bool verbose = false;
  std::string config;  // file; empty: default_config, where it is there
};

// In the folder that the program is started in.
inline constexpr const char* default_config = "stepwell.yaml";

struct ConfigOptions {
  std::string file = default_config;
};

struct RunOptions {
  Identity identity;
  std::string file;
  std::string input = "{}";  // JSON, or @file
  std::string mocks;         // file; empty: none
  std::vector<std::string> endpoints;
  std::string ca_bundle;
  bool trace = false;
};

struct ValidateOptions {
  std::vector<std::string> files;
  std::string type = "STANDARD";
};

struct EvalOptions {
  std::string language;  // "intrinsic", "jsonata", "jsonata-standard", "jsonpath"
  std::string expression;
  std::string input = "{}";     // JSON, or @file
  std::string bindings = "{}";  // JSON, or @file: variables by name
  bool lines = false;           // many: one JSON object a line on standard input
};

struct CheckOptions {
  std::string data_dir = ".stepwell-data";
};

struct BackupOptions {
  std::string data_dir = ".stepwell-data";
  std::string url;         // of a running server; empty: the server of data_dir, or its files
  std::string access_key;  // ID:SECRET
  std::string region = "us-east-1";
  std::string ca_bundle;
  std::string to;
};

struct RestoreOptions {
  std::string from;
  std::string data_dir = ".stepwell-data";
};

// In the data directory of a running server: where it answers.
inline constexpr std::string_view address_file = "address";

struct EnvOptions {
  Identity identity;
  std::string url = "http://127.0.0.1:4600";
  std::string ca_bundle;  // file with the certificates that clients are to trust; empty: theirs
};

}  // namespace stepwell::server
