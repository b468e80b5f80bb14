#include "server/files.h"
#include "server/wiring/parts.h"
#include "services/states/service.h"

namespace stepwell::server {
namespace {

// FILE, FILE#MACHINE/CASE or FILE#CASE; nullptr: none are asked for.
Result<std::unique_ptr<states::Mocks>> load_mocks(const std::string& argument) {
  if (argument.empty()) return nullptr;
  const std::size_t hash = argument.find('#');
  const std::string choice = hash == std::string::npos ? std::string() : argument.substr(hash + 1);
  const std::size_t slash = choice.find('/');
  const std::string machine = slash == std::string::npos ? std::string() : choice.substr(0, slash);
  const std::string test_case = slash == std::string::npos ? choice : choice.substr(slash + 1);
  TRY_ASSIGN(const std::string text, read_file(argument.substr(0, hash)));
  return states::Mocks::load(text, machine, test_case);
}

}  // namespace

Result<void> open_states(NodeParts& parts) {
  TRY_ASSIGN(auto mocks, load_mocks(parts.options.mocks));
  TRY_ASSIGN(auto service, states::Service::open({.store = *parts.store,
                                                  .scheduler = parts.loop,
                                                  .clock = parts.clock,
                                                  .random = *parts.random,
                                                  .log = parts.log,
                                                  .directory = parts.directory,
                                                  .limits = parts.options.limits,
                                                  .mocks = std::move(mocks),
                                                  .metrics = &parts.registry,
                                                  .traces = parts.exporter.get(),
                                                  .http = &parts.http,
                                                  .connections = parts.connections}));
  parts.states = service.get();
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
