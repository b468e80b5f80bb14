// Updates, deletion, restarts and the end of the server.

#include "crypto/hash.h"
#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

using testing::HasSubstr;

std::string answering(std::string_view text) {
  return fmt::format("def handler(event, context):\n    return '{}'\n", text);
}

// Waits until the file named in the event is there.
constexpr const char* waiting = R"(
import os, pathlib, time
def handler(event, context):
    print('waiting')
    while not pathlib.Path(event['for']).exists(): time.sleep(0.005)
    return os.getpid()
)";

class Lifecycle : public testing::Test {
 protected:
  Answer update_code(std::string_view name, std::string code) {
    return world_.call("UpdateFunctionCode", fmt::format(R"({{"FunctionName":"{}","ZipFile":"{}"}})", name,
                                                         crypto::base64_encode(zip_of({{"app.py", std::move(code)}}))));
  }
  std::string event_for(const std::filesystem::path& file) { return fmt::format(R"({{"for":"{}"}})", file.string()); }
  std::size_t count_directories(const std::filesystem::path& path) {
    std::error_code ignored;
    return static_cast<std::size_t>(std::ranges::distance(std::filesystem::directory_iterator(path, ignored),
                                                          std::filesystem::directory_iterator{}));
  }
  TestWorld world_;
};

TEST_F(Lifecycle, NewCodeIsRunFromTheUpdateOn) {
  ASSERT_TRUE(world_.create_python("f", answering("before")).ok);
  EXPECT_EQ(world_.invoke("f").payload, R"("before")");
  const Answer updated = update_code("f", answering("after"));
  ASSERT_TRUE(updated.ok) << updated.error.message;
  EXPECT_EQ(world_.invoke("f").payload, R"("after")");
}

TEST_F(Lifecycle, NewConfigurationIsRunFromTheUpdateOn) {
  ASSERT_TRUE(
      world_.create_python("f", "import os\ndef handler(event, context):\n    return os.environ.get('STAGE')\n").ok);
  EXPECT_EQ(world_.invoke("f").payload, "null");
  ASSERT_TRUE(
      world_.call("UpdateFunctionConfiguration", R"({"FunctionName":"f","Environment":{"Variables":{"STAGE":"two"}}})")
          .ok);
  EXPECT_EQ(world_.invoke("f").payload, R"("two")");
}

TEST_F(Lifecycle, WhatRunsDuringAnUpdateEndsWithTheCodeBefore) {
  ASSERT_TRUE(world_.create_python("f", waiting, R"("Timeout":60)").ok);
  const auto gate = world_.directory() / "gate";
  auto running = world_.begin_invoke("f", event_for(gate));
  ASSERT_TRUE(world_.log().wait_for("f: waiting"));
  ASSERT_TRUE(update_code("f", answering("after")).ok);
  EXPECT_EQ(world_.invoke("f").payload, R"("after")");
  std::filesystem::create_directory(gate);
  const Answer before = running.get();
  EXPECT_EQ(before.text("FunctionError"), "");
  EXPECT_THAT(before.payload, testing::MatchesRegex("[0-9]+"));
}

TEST_F(Lifecycle, WhatRunsDuringADeletionEnds) {
  ASSERT_TRUE(world_.create_python("f", waiting, R"("Timeout":60)").ok);
  const auto gate = world_.directory() / "gate";
  auto running = world_.begin_invoke("f", event_for(gate));
  ASSERT_TRUE(world_.log().wait_for("f: waiting"));
  ASSERT_EQ(world_.call("DeleteFunction", R"({"FunctionName":"f"})").status, 204);
  EXPECT_EQ(world_.invoke("f").error.code, "ResourceNotFoundException");
  std::filesystem::create_directory(gate);
  EXPECT_EQ(running.get().text("FunctionError"), "");
}

TEST_F(Lifecycle, ARestartKeepsFunctions) {
  ASSERT_TRUE(world_.create_python("f", answering("kept"), R"("Timeout":7,"Environment":{"Variables":{"A1":"b"}})").ok);
  const std::string before = world_.call("GetFunctionConfiguration", R"({"FunctionName":"f"})").output;
  EXPECT_EQ(world_.invoke("f").payload, R"("kept")");
  world_.restart();
  EXPECT_EQ(world_.call("GetFunctionConfiguration", R"({"FunctionName":"f"})").output, before);
  EXPECT_EQ(world_.invoke("f").payload, R"("kept")");
}

TEST_F(Lifecycle, UnpackedCodeIsACacheThatIsRebuilt) {
  ASSERT_TRUE(world_.create_python("f", answering("again")).ok);
  std::filesystem::create_directories(world_.directory() / "code" / "left-over");
  world_.restart();
  EXPECT_FALSE(std::filesystem::exists(world_.directory() / "code" / "left-over"));
  std::vector<std::future<Answer>> calls;
  for (int i = 0; i < 5; ++i) calls.push_back(world_.begin_invoke("f"));
  for (auto& call : calls) EXPECT_EQ(call.get().payload, R"("again")");
  EXPECT_EQ(count_directories(world_.directory() / "code" / "f"), 1U);
}

// The end of the server is no failure of the function: nobody must take it for one.
TEST_F(Lifecycle, TheEndOfTheServerEndsWhatRunsWithoutAnAnswer) {
  ASSERT_TRUE(world_.create_python("f", waiting, R"("Timeout":60)").ok);
  const auto gate = world_.directory() / "gate";
  auto running = world_.begin_invoke("f", event_for(gate));
  ASSERT_TRUE(world_.log().wait_for("f: waiting"));
  world_.restart();
  std::filesystem::create_directory(gate);
  EXPECT_TRUE(world_.invoke("f", event_for(gate)).ok);
  EXPECT_EQ(running.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
}

TEST_F(Lifecycle, EachProcessHasAHomeOfItsOwnThatGoesWithIt) {
  ASSERT_TRUE(world_
                  .create_python(
                      "f",
                      "import tempfile, os\ndef handler(event, context):\n    open(os.path.join(tempfile.gettempdir(), "
                      "'x'), 'w').close()\n    return tempfile.gettempdir()\n")
                  .ok);
  std::string home = world_.invoke("f").payload;
  home = home.substr(1, home.size() - 2);
  EXPECT_TRUE(std::filesystem::exists(home + "/x"));
  EXPECT_THAT(home, HasSubstr((world_.directory() / "home").string()));
  world_.restart();
  EXPECT_FALSE(std::filesystem::exists(home));
}

TEST(Interpreters, AMissingOneIsNamed) {
  TestWorld world;
  world.search_path = "/nowhere";
  world.restart();
  ASSERT_TRUE(world.create("f", "nodejs20.x", "index.handler", {{"index.js", ""}}).ok);
  const Answer answer = world.invoke("f");
  EXPECT_EQ(answer.error.code, "InvalidRuntimeException");
  EXPECT_THAT(answer.error.message, HasSubstr("there is no node in /nowhere"));
}

}  // namespace
}  // namespace stepwell::lambda
