#pragma once
// An engine that stands in for Docker's: containers as states of a table, which the test changes.

#include "base/http_client.h"
#include "base/process.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace stepwell::containers {

inline Error unanswered(std::string code) {
  return {.fault = Fault::server, .code = std::move(code), .message = "nobody there"};
}

class FakeDocker final : public http::Client {
 public:
  struct Container {
    std::string status = "created";
    int exit_code = 0;
    std::string started = "0001-01-01T00:00:00Z";
  };

  std::set<std::string> listening = {"/engine.sock"};
  std::set<std::string> images = {"busybox"};
  std::map<std::string, Container> containers;
  std::vector<std::string> calls;   // "POST /containers/a/start"
  std::vector<std::string> bodies;  // of creations
  // Answers that come before all others, each once.
  std::map<std::string, std::vector<std::function<Result<http::Response>(const http::Call&)>>> next;

  Task<Result<http::Response>> send(http::Call call) override {
    if (!listening.contains(call.socket)) co_return fail(unanswered("ConnectionFailed"));
    if (target_of(call) == "/_ping") co_return answer(call);
    calls.push_back(call.request.method + " " + target_of(call));
    if (auto prepared = next.find(calls.back()); prepared != next.end() && !prepared->second.empty()) {
      const auto first = prepared->second.front();
      prepared->second.erase(prepared->second.begin());
      co_return first(call);
    }
    co_return answer(call);
  }

  std::size_t count(std::string_view what) const { return static_cast<std::size_t>(std::ranges::count(calls, what)); }
  void end(const std::string& name, int code) {
    containers[name].status = "exited";
    containers[name].exit_code = code;
  }

 private:
  static std::string target_of(const http::Call& call) {
    return call.url.substr(std::string_view("http://engine").size());
  }
  static http::Response say(int status, std::string body = {}) { return {.status = status, .body = std::move(body)}; }
  static http::Response refuse(int status, std::string_view message) {
    return say(status, fmt::format(R"({{"message":"{}"}})", message));
  }

  Result<http::Response> answer(const http::Call& call) {
    const std::string target = target_of(call);
    const std::string path = target.substr(0, target.find('?'));
    const std::string query = target.substr(std::min(path.size() + 1, target.size()));
    if (path == "/_ping") return say(200, "OK");
    if (path == "/containers/create") return create(query.substr(query.find('=') + 1), call.request.body);
    if (path == "/images/create") {
      call.on_body(R"({"error":"not in the registry"})");
      return say(200);
    }
    if (path == "/containers/json") return say(200, R"([{"Names":["/a"],"State":"running","Labels":{"o":"me"}}])");
    const std::string rest = path.substr(std::string_view("/containers/").size());
    const std::string name = rest.substr(0, rest.find('/'));
    const auto found = containers.find(name);
    if (found == containers.end()) return refuse(404, "no such container");
    return act(call, found, rest.substr(std::min(name.size(), rest.size())));
  }
  Result<http::Response> create(const std::string& name, const std::string& body) {
    json::Arena arena;
    const auto document = json::parse(arena, body);
    bodies.push_back(body);
    if (!images.contains(std::string(json::text_of(*document, "Image")))) return refuse(404, "no such image");
    if (containers.contains(name)) return refuse(409, "the name is in use");
    containers[name] = {};
    return say(201);
  }
  Result<http::Response> act(const http::Call& call, std::map<std::string, Container>::iterator found,
                             const std::string& action) {
    Container& container = found->second;
    if (call.request.method == "DELETE") {
      containers.erase(found);
      return say(204);
    }
    if (action == "/json") {
      return say(200, fmt::format(R"({{"State":{{"Status":"{}","ExitCode":{},"StartedAt":"{}"}}}})", container.status,
                                  container.exit_code, container.started));
    }
    if (action == "/start") {
      container.status = "running";
      container.started = "2026-11-20T23:06:07Z";
      return say(204);
    }
    if (action == "/stop") {
      end(found->first, 143);
      return say(204);
    }
    return say(200);
  }
};

// A podman that listens when it is started.
class FakePodman final : public ProcessLauncher {
 public:
  explicit FakePodman(FakeDocker& docker) : docker_(docker) {}
  std::vector<ProcessSpec> started;
  bool works = true;
  std::function<void(ProcessExit)> on_exit;

  Result<std::unique_ptr<Process>> launch(ProcessSpec spec, std::function<void(std::string_view)> on_output,
                                          std::function<void(ProcessExit)> on_end) override {
    started.push_back(spec);
    on_exit = std::move(on_end);
    if (works) {
      docker_.listening.insert(spec.command.back().substr(std::string_view("unix://").size()));
    } else {
      on_output("Error: no user namespaces\n");
      on_exit({.code = 125});
    }
    return std::make_unique<Running>();
  }

 private:
  struct Running final : Process {
    int pid() const override { return 1; }
    void kill() override {}
    void freeze() override {}
    void thaw() override {}
  };
  FakeDocker& docker_;
};

}  // namespace stepwell::containers
