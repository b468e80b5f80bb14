// The port over an engine that stands in for Docker's.
#include "services/containers/engine.h"

#include "../../../support/virtual_time.h"
#include "fake_docker.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

namespace stepwell::containers {
namespace {

namespace fs = std::filesystem;

class EngineTest : public testing::Test {
 protected:
  EngineTest() {
    std::string name = (fs::temp_directory_path() / "stepwell-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    open({.socket = "unix:///engine.sock"});
  }
  ~EngineTest() override { fs::remove_all(folder_); }

  struct Place {
    std::string socket;
    std::vector<std::string> usual = {};
    std::string path = {};
    bool unified = true;
  };
  void open(Place place, EngineLimits limits = {}) {
    engine_ = std::make_unique<Engine>(EnginePorts{.client = docker_,
                                                   .processes = podman_,
                                                   .scheduler = scheduler_,
                                                   .log = log_,
                                                   .socket = place.socket,
                                                   .usual_sockets = place.usual,
                                                   .search_path = place.path,
                                                   .environment = {{"HOME", "/root"}},
                                                   .work_directory = folder_ / "work",
                                                   .unified_control_groups = place.unified},
                                       limits);
  }
  // A program of that name on a path of its own.
  std::string path_with(std::initializer_list<std::string_view> programs) {
    fs::create_directory(folder_ / "bin");
    for (const std::string_view program : programs) {
      const fs::path file = folder_ / "bin" / program;
      std::ofstream(file) << "#!/bin/sh\n";
      fs::permissions(file, fs::perms::owner_all);
    }
    return "/nowhere:" + (folder_ / "bin").string();
  }

  // What a task gives, as far as it gets now; `step` lets time pass.
  template <typename T>
  struct Outcome {
    std::optional<Result<T>> result;
  };
  template <typename T>
  std::shared_ptr<Outcome<T>> begin(Task<Result<T>> task) {
    auto outcome = std::make_shared<Outcome<T>>();
    stepwell::start(std::move(task), [outcome](std::optional<Result<T>> result, const std::exception_ptr&) {
      outcome->result = std::move(result);
    });
    return outcome;
  }
  template <typename T>
  Result<T> get(Task<Result<T>> task) {
    const auto outcome = begin(std::move(task));
    while (!outcome->result && scheduler_.step()) {
    }
    return outcome->result ? std::move(*outcome->result) : fail(Error{.code = "Hangs"});
  }
  template <typename T>
  static std::string code(const Result<T>& result) {
    return result ? "" : result.error().code;
  }
  static Spec spec(std::string name, std::string image = "busybox") {
    return {.name = std::move(name), .image = std::move(image)};
  }
  void prepare(const std::string& call, std::function<Result<http::Response>(const http::Call&)> answer) {
    docker_.next[call].push_back(std::move(answer));
  }

  fs::path folder_;
  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  NoLog log_;
  FakeDocker docker_;
  FakePodman podman_{docker_};
  std::unique_ptr<Engine> engine_;
};

TEST_F(EngineTest, StartsByNameOnce) {
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_EQ(docker_.count("POST /containers/create?name=a"), 1U);
  EXPECT_EQ(docker_.count("POST /containers/a/start"), 1U);
  docker_.end("a", 0);
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_EQ(docker_.count("POST /containers/a/start"), 1U) << "one that has ended does not begin again";
}

TEST_F(EngineTest, OneThatWasMadeAndNotStartedIsStarted) {
  docker_.containers["a"] = {};
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_EQ(docker_.containers["a"].status, "running");
  EXPECT_TRUE(docker_.bodies.empty());
}

TEST_F(EngineTest, FetchesAnImageThatIsNotThere) {
  prepare("POST /images/create?fromImage=new&tag=1", [this](const http::Call& call) -> Result<http::Response> {
    docker_.images.insert("new:1");
    call.on_body(R"({"status":"Pulling"})");
    return http::Response{.status = 200};
  });
  EXPECT_TRUE(get(engine_->start(spec("a", "new:1"))));
  EXPECT_EQ(docker_.containers["a"].status, "running");
  const auto missing = get(engine_->start(spec("b", "missing")));
  EXPECT_EQ(code(missing), "ImageNotFound");
  EXPECT_EQ(missing.error().message, "The image missing could not be fetched: not in the registry");
}

TEST_F(EngineTest, SaysWhyOneIsNotStartedAndTakesItAway) {
  prepare("POST /containers/a/start", [](const http::Call&) -> Result<http::Response> {
    return http::Response{.status = 500, .body = R"({"message":"executable file not found"})"};
  });
  const auto started = get(engine_->start(spec("a")));
  EXPECT_EQ(code(started), "ContainerNotStarted");
  EXPECT_EQ(started.error().message, "executable file not found");
  EXPECT_TRUE(docker_.containers.empty());
}

TEST_F(EngineTest, WaitsHoweverLongItTakes) {
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  prepare("POST /containers/a/wait", [](const http::Call&) { return fail(unanswered("Timeout")); });
  prepare("POST /containers/a/wait", [this](const http::Call&) -> Result<http::Response> {
    docker_.end("a", 7);
    return http::Response{.status = 200};
  });
  const auto end = get(engine_->wait("a"));
  ASSERT_TRUE(end);
  EXPECT_EQ(end->exit_code, 7);
  EXPECT_EQ(get(engine_->wait("a"))->exit_code, 7);
  EXPECT_TRUE(get(engine_->remove("a")));
  EXPECT_EQ(code(get(engine_->wait("a"))), "ContainerNotFound");
}

TEST_F(EngineTest, AnEngineThatComesBackGoesOn) {
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  prepare("POST /containers/a/wait", [](const http::Call&) { return fail(unanswered("ConnectionFailed")); });
  prepare("POST /containers/a/wait", [this](const http::Call&) -> Result<http::Response> {
    docker_.end("a", 0);
    return http::Response{.status = 200};
  });
  EXPECT_TRUE(get(engine_->wait("a")));
  for (int times = 0; times < 5; ++times) {
    prepare("POST /containers/a/wait", [](const http::Call&) { return fail(unanswered("ConnectionFailed")); });
  }
  EXPECT_EQ(code(get(engine_->wait("a"))), "ContainerEngineFailed");
}

std::string frame(std::string_view line) {
  const std::string text = "2026-11-20T23:06:07Z " + std::string(line) + "\n";
  return std::string("\1\0\0\0\0\0\0", 7) + static_cast<char>(text.size()) + text;
}

TEST_F(EngineTest, FollowsALogAndRepeatsNothing) {
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  const std::string call = "GET /containers/a/logs?follow=true&stdout=true&stderr=true&timestamps=true";
  prepare(call, [](const http::Call& request) -> Result<http::Response> {
    request.on_body(frame("one") + frame("two"));
    return fail(unanswered("ConnectionFailed"));
  });
  prepare(call, [](const http::Call& request) -> Result<http::Response> {
    request.on_body(frame("one") + frame("two") + frame("three"));
    return http::Response{.status = 200};
  });
  std::vector<std::string> lines;
  const auto followed =
      get(engine_->follow("a", Timestamp{}, [&](Timestamp, std::string_view line) { lines.emplace_back(line); }));
  EXPECT_TRUE(followed);
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two", "three"}));
  EXPECT_EQ(code(get(engine_->follow("b", Timestamp{}, {}))), "ContainerNotFound");
}

TEST_F(EngineTest, StopsAndRemovesWhatIsThereOrNot) {
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_TRUE(get(engine_->stop("a", Duration{2'500})));
  EXPECT_EQ(docker_.count("POST /containers/a/stop?t=3"), 1U);
  EXPECT_EQ(get(engine_->wait("a"))->exit_code, 143);
  EXPECT_TRUE(get(engine_->remove("a")));
  EXPECT_TRUE(get(engine_->remove("a")));
  EXPECT_TRUE(get(engine_->stop("a", Duration{})));
}

TEST_F(EngineTest, ListsByLabel) {
  const auto list = get(engine_->list("o", "me"));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->front().name, "a");
  EXPECT_EQ(docker_.count("GET /containers/json?all=true&filters=%7B%22label%22%3A%5B%22o%3Dme%22%5D%7D"), 1U);
}

TEST_F(EngineTest, SoManyRunAtOnce) {
  open({.socket = "/engine.sock"}, {.running = 2});
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_TRUE(get(engine_->start(spec("b"))));
  const auto third = begin(engine_->start(spec("c")));
  EXPECT_FALSE(third->result);
  docker_.end("a", 0);
  EXPECT_TRUE(get(engine_->wait("a")));
  EXPECT_TRUE(third->result && *third->result);
  const auto fourth = begin(engine_->start(spec("d")));
  EXPECT_FALSE(fourth->result);
  EXPECT_TRUE(get(engine_->stop("b", Duration{})));
  EXPECT_TRUE(fourth->result && *fourth->result);
}

TEST_F(EngineTest, WithoutAnEngineItSaysWhatToDo) {
  open({.socket = ""});
  const auto none = get(engine_->ready());
  EXPECT_EQ(code(none), "ContainersUnavailable");
  EXPECT_EQ(none.error().message,
            "No container engine: install podman (apt install podman), or name a socket with --container-socket.");
  EXPECT_EQ(code(get(engine_->start(spec("a")))), "ContainersUnavailable");
}

TEST_F(EngineTest, ANamedSocketIsTheOnlyPlace) {
  docker_.listening = {(folder_ / "usual.sock").string()};
  std::ofstream(folder_ / "usual.sock");
  open({.socket = "unix:///engine.sock", .usual = {folder_ / "usual.sock"}, .path = path_with({"podman"})});
  const auto none = get(engine_->ready());
  EXPECT_EQ(code(none), "ContainersUnavailable");
  EXPECT_EQ(none.error().message, "No container engine answers at unix:///engine.sock.");
  open({.socket = "tcp://10.0.0.1:2375"});
  EXPECT_EQ(code(get(engine_->ready())), "ContainersUnavailable");
}

TEST_F(EngineTest, UsualPlacesComeBeforePodman) {
  std::ofstream(folder_ / "usual.sock");
  docker_.listening = {(folder_ / "usual.sock").string()};
  open({.socket = "", .usual = {"/nowhere.sock", folder_ / "usual.sock"}, .path = path_with({"podman"})});
  EXPECT_TRUE(get(engine_->ready()));
  EXPECT_TRUE(podman_.started.empty());
}

TEST_F(EngineTest, StartsPodmanWhenItIsNeededAndAgainWhenItHasGone) {
  open({.socket = "", .path = path_with({"podman", "runc"}), .unified = false});
  EXPECT_TRUE(podman_.started.empty());
  EXPECT_TRUE(get(engine_->start(spec("a"))));
  EXPECT_TRUE(get(engine_->start(spec("b"))));
  ASSERT_EQ(podman_.started.size(), 1U);
  const std::string socket = folder_ / "work/podman.sock";
  EXPECT_EQ(podman_.started[0].command, (std::vector<std::string>{folder_ / "bin/podman", "--runtime", "runc", "system",
                                                                  "service", "--time=0", "unix://" + socket}));
  EXPECT_EQ(podman_.started[0].environment, (std::vector<std::pair<std::string, std::string>>{{"HOME", "/root"}}));
  EXPECT_EQ(fs::status(folder_ / "work").permissions(), fs::perms::owner_all);
  docker_.listening.clear();
  EXPECT_TRUE(get(engine_->stop("a", Duration{})));
  EXPECT_EQ(podman_.started.size(), 2U);
}

TEST_F(EngineTest, APodmanThatIsLeftOverIsUsed) {
  docker_.listening = {(folder_ / "work/podman.sock").string()};
  open({.socket = "", .path = path_with({"podman"})});
  EXPECT_TRUE(get(engine_->ready()));
  EXPECT_TRUE(podman_.started.empty());
}

TEST_F(EngineTest, SaysWhyPodmanDoesNotWork) {
  podman_.works = false;
  open({.socket = "", .path = path_with({"podman"})});
  const auto none = get(engine_->ready());
  EXPECT_EQ(code(none), "ContainersUnavailable");
  EXPECT_EQ(none.error().message, "Podman's service has ended: Error: no user namespaces\n");
  EXPECT_EQ(podman_.started[0].command[1], "system");
}

}  // namespace
}  // namespace stepwell::containers
