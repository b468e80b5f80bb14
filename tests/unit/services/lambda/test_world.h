#pragma once
// A Lambda service on a loop of its own, with real processes, real sockets and the store in memory.

#include "base/ports.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "net/loop.h"
#include "net/process.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "services/lambda/service.h"
#include "store/memory/memory_store.h"
#include "zip.h"

#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::lambda {

class TestClock final : public Clock {
 public:
  Timestamp now() override { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }
};

// Keeps every line; a test can wait for one.
class TestLog final : public Log {
 public:
  void write(Level level, std::string_view message) override;
  // Waits until this many lines hold `text`; false after half a minute.
  bool wait_for(std::string_view text, std::size_t times = 1);
  std::size_t count(std::string_view text);
  std::size_t bytes();

 private:
  std::size_t count_locked(std::string_view text) const;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

// What an operation answered, as values that outlive the call.
struct Answer {
  bool ok = false;
  Error error;
  std::string output;  // JSON
  std::string payload;
  int status = 0;

  std::string text(std::string_view member) const;  // of the output, "" when absent
  std::string log() const;                          // LogResult, decoded
};

class TestWorld {
 public:
  explicit TestWorld(Limits limits = {});
  ~TestWorld();
  TestWorld(const TestWorld&) = delete;
  TestWorld& operator=(const TestWorld&) = delete;

  // Begins a call; several may be under way.
  std::future<Answer> begin(std::string operation, std::string input, std::string payload = {});
  Answer call(std::string operation, std::string input, std::string payload = {}) {
    return begin(std::move(operation), std::move(input), std::move(payload)).get();
  }

  // `more` is the inside of a JSON object: "\"Timeout\":1".
  Answer create(std::string_view name, std::string_view runtime, std::string_view handler,
                const std::vector<ZipEntry>& files, std::string_view more = {});
  Answer create_python(std::string_view name, std::string code, std::string_view more = {});
  Answer create_node(std::string_view name, std::string code, std::string_view more = {});
  Answer create_provided(std::string_view name, std::string bootstrap, std::string_view more = {});
  std::future<Answer> begin_invoke(std::string_view name, std::string payload = "{}", std::string_view more = {});
  Answer invoke(std::string_view name, std::string payload = "{}", std::string_view more = {}) {
    return begin_invoke(name, std::move(payload), more).get();
  }

  // As after the end of the program: the same store and directory, everything else anew.
  void restart();

  TestLog& log() { return log_; }
  const std::filesystem::path& directory() const { return directory_; }
  std::string search_path = "/usr/local/bin:/usr/bin:/bin";
  std::string endpoint_url = "http://127.0.0.1:4600";

 private:
  void open();
  void close();

  const Limits limits_;
  std::filesystem::path directory_;
  TestClock clock_;
  SeededRandom random_{7};
  TestLog log_;
  store::MemoryStore store_;
  directory::Directory sources_;  // of events: none
  std::unique_ptr<net::Loop> loop_;
  std::unique_ptr<net::Network> network_;
  std::unique_ptr<net::ProcessLauncher> processes_;
  std::unique_ptr<net::HttpClient> client_;
  std::unique_ptr<directory::Directory> directory_of_services_;
  std::unique_ptr<deliveries::Deliveries> deliveries_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
};

// The tests that need node have nothing to say without it.
bool has_node();

}  // namespace stepwell::lambda
