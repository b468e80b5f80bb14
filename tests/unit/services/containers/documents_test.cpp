// What is said to an engine, and what it says.
#include "lang/json/documents.h"

#include "lang/json/parse.h"
#include "services/containers/docker.h"
#include "services/containers/log_lines.h"

#include <gtest/gtest.h>

namespace stepwell::containers {
namespace {

std::string frame(char stream, std::string_view text) {
  std::string bytes = {
      stream, '\0', '\0', '\0', '\0', '\0', static_cast<char>(text.size() >> 8U), static_cast<char>(text.size())};
  return bytes += text;
}

struct Told {
  std::vector<std::string> lines;
  std::vector<Timestamp> times;
  LogLines::OnLine taker() {
    return [this](Timestamp at, std::string_view line) {
      lines.emplace_back(line);
      times.push_back(at);
    };
  }
};

TEST(LogLinesTest, OfBothStreamsHoweverTheyAreCut) {
  const std::string log = frame(1, "2026-11-20T23:06:07Z one\n") + frame(2, "2026-11-20T23:06:08.5Z oops\n") +
                          frame(1, "2026-11-20T23:06:09Z t") + frame(2, "2026-11-20T23:06:09Z \n") + frame(1, "wo\n") +
                          frame(1, "2026-11-20T23:06:10Z unfinished");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, log.size()}) {
    Told told;
    LogLines lines(0, 1'000, told.taker());
    for (std::size_t at = 0; at < log.size(); at += piece) lines.feed(std::string_view(log).substr(at, piece));
    EXPECT_EQ(told.lines.size(), 4U);
    lines.end();
    EXPECT_EQ(told.lines, (std::vector<std::string>{"one", "oops", "", "two", "unfinished"}));
    EXPECT_EQ(told.times[1], *parse_rfc3339("2026-11-20T23:06:08.5Z"));
    EXPECT_EQ(lines.lines(), 5U);
  }
}

TEST(LogLinesTest, SkipsWhatWasTold) {
  Told told;
  LogLines lines(2, 1'000, told.taker());
  lines.feed(frame(1, "2026-11-20T23:06:07Z 1\n2026-11-20T23:06:07Z 2\n2026-11-20T23:06:07Z 3\n"));
  EXPECT_EQ(told.lines, std::vector<std::string>{"3"});
}

TEST(LogLinesTest, CutsLongLinesAndKeepsTheirTime) {
  Told told;
  LogLines lines(0, 10, told.taker());
  const std::string time = "2026-11-20T23:06:07Z ";
  lines.feed(frame(1, time + std::string(100, 'x')));
  lines.feed(frame(1, "y\n" + time + "next\n"));
  ASSERT_GT(told.lines.size(), 2U);
  std::string all;
  for (const std::string& line : told.lines) all += line;
  EXPECT_EQ(all, std::string(100, 'x') + "ynext");
  for (const Timestamp at : told.times) EXPECT_EQ(at, *parse_rfc3339("2026-11-20T23:06:07Z"));
}

TEST(LogLinesTest, WhatIsNoTextIsReplaced) {
  Told told;
  LogLines lines(0, 1'000, told.taker());
  lines.feed(frame(1, "2026-11-20T23:06:07Z a\xFF\xC3\xA4\xC3\n"));
  EXPECT_EQ(told.lines, std::vector<std::string>{"a\xEF\xBF\xBD\xC3\xA4\xEF\xBF\xBD"});
}

TEST(DocumentsTest, WhatAContainerIsMadeOf) {
  const Spec spec{.name = "n",
                  .image = "busybox",
                  .entry_point = {"sh"},
                  .command = {"-c", "true"},
                  .environment = {{"A", "b=c"}},
                  .labels = {{"owner", "me"}},
                  .working_directory = "/tmp",
                  .user = "1000",
                  .memory_bytes = 64U << 20U,
                  .cpus = 0.25,
                  .read_only_root = true};
  EXPECT_EQ(creation(spec, {.open_files = 1024, .processes = 99}),
            R"({"Image":"busybox","Entrypoint":["sh"],"Cmd":["-c","true"],"Env":["A=b=c"],"Labels":{"owner":"me"},)"
            R"("WorkingDir":"/tmp","User":"1000","HostConfig":{"NetworkMode":"host",)"
            R"("Ulimits":[{"Name":"nofile","Soft":1024,"Hard":1024},{"Name":"nproc","Soft":99,"Hard":99}],)"
            R"("Memory":67108864,"NanoCpus":250000000,"ReadonlyRootfs":true}})");
  EXPECT_EQ(creation({.name = "n", .image = "i"}, {}),
            R"({"Image":"i","Env":[],"Labels":{},"HostConfig":{"NetworkMode":"host","Ulimits":[]}})");
}

Inspection inspection(std::string_view state) {
  const auto read = read_inspection("{\"State\":" + std::string(state) + "}");
  EXPECT_TRUE(read);
  return *read;
}

TEST(DocumentsTest, HowAContainerIs) {
  using State = Inspection::State;
  EXPECT_EQ(inspection(R"({"Status":"created","ExitCode":0,"StartedAt":"0001-01-01T00:00:00Z"})").state,
            State::created);
  EXPECT_EQ(inspection(R"({"Status":"running","ExitCode":0,"StartedAt":"2026-11-20T23:06:07Z"})").state,
            State::running);
  const auto ended = inspection(
      R"({"Status":"exited","ExitCode":3,"OOMKilled":true,"StartedAt":"2026-11-20T23:06:07.5Z",
          "FinishedAt":"2026-11-20T23:06:09Z"})");
  EXPECT_EQ(ended.state, State::ended);
  EXPECT_EQ(ended.end.exit_code, 3);
  EXPECT_TRUE(ended.end.out_of_memory);
  EXPECT_EQ(ended.end.started, *parse_rfc3339("2026-11-20T23:06:07.5Z"));
  EXPECT_EQ(ended.end.ended, *parse_rfc3339("2026-11-20T23:06:09Z"));
}

TEST(DocumentsTest, OneThatTheMachineHasTakenWithItHasEnded) {
  const auto lost = inspection(R"({"Status":"created","ExitCode":0,"StartedAt":"2026-11-20T23:06:07Z"})");
  EXPECT_EQ(lost.state, Inspection::State::ended);
  EXPECT_EQ(lost.end.exit_code, 137);
}

TEST(DocumentsTest, AnswersThatAreNone) {
  EXPECT_FALSE(read_inspection("no"));
  EXPECT_FALSE(read_inspection("{}"));
  EXPECT_FALSE(read_list("{}"));
}

TEST(DocumentsTest, Lists) {
  const auto list = read_list(R"([{"Names":["/a"],"State":"running","Labels":{"x":"y"}},
                                  {"Names":["b"],"State":"exited","Labels":null},{"Names":[]}])");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].name, "a");
  EXPECT_TRUE((*list)[0].running);
  EXPECT_EQ((*list)[0].labels, (std::vector<std::pair<std::string, std::string>>{{"x", "y"}}));
  EXPECT_EQ((*list)[1].name, "b");
  EXPECT_FALSE((*list)[1].running);
}

TEST(DocumentsTest, NamesOfImages) {
  EXPECT_EQ(image_query("busybox"), "fromImage=busybox&tag=latest");
  EXPECT_EQ(image_query("a/b:1.2"), "fromImage=a%2Fb&tag=1.2");
  EXPECT_EQ(image_query("host:5000/b"), "fromImage=host%3A5000%2Fb&tag=latest");
  EXPECT_EQ(image_query("b@sha256:12"), "fromImage=b&tag=sha256%3A12");
}

TEST(DocumentsTest, WhyAnImageIsNotFetched) {
  EXPECT_EQ(pull_error("{\"status\":\"Trying\"}\r\n{\"error\":\"no such host\"}\n"), "no such host");
  EXPECT_EQ(pull_error("{\"status\":\"done\"}\n"), std::nullopt);
  EXPECT_EQ(pull_error("cut off\"}\n{\"status\":\"done\"}"), std::nullopt);
}

}  // namespace
}  // namespace stepwell::containers
