#pragma once
// What the command line asks for, one struct a subcommand. Defaults here are the program's defaults.

#include <cstdint>
#include <string>
#include <vector>

namespace stepwell::server {

// Which server: shared by serve, run and env.
struct Identity {
  std::string account = "123456789012";
  std::string region = "us-east-1";
};

struct ServeOptions {
  Identity identity;
  std::string listen = "127.0.0.1:4600";
  std::string data_dir = ".stepwell-data";
  std::string store = "rocksdb";         // "rocksdb", "memory"
  std::string sync = "always";           // "always", "interval"
  std::vector<std::string> endpoints;    // SERVICE=URL
  std::vector<std::string> access_keys;  // ID:SECRET
  std::vector<std::string> host_names;   // that the server answers to, beside those that it knows by itself
  std::size_t max_connections = 10'000;
  std::string tls_certificate;  // PEM file; empty: plain
  std::string tls_key;          // likewise
  std::string tls_listen;       // empty: `listen` speaks TLS where there is a certificate
  std::string otlp_endpoint;    // URL; empty: no traces are sent
  bool verbose = false;
};

struct RunOptions {
  Identity identity;
  std::string file;
  std::string input = "{}";  // JSON, or @file
  std::string mocks;         // file; empty: none
  std::vector<std::string> endpoints;
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

struct EnvOptions {
  Identity identity;
  std::string url = "http://127.0.0.1:4600";
  std::string ca_bundle;  // file with the certificates that clients are to trust; empty: theirs
};

}  // namespace stepwell::server
