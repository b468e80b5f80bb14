#pragma once
// What is run twice: a definition, its input, and how the workers answer.
//
//   {"definition": {…}, "input": …, "worker": {"State": {"spread": true, "answers": [
//      {"delay": 120, "output": …}, {"delay": 30, "echo": true}, {"delay": 5, "fail": {"Error": "E", "Cause": "c"}}]}}}
//
// A state's answers are taken in order, by the number of calls from one branch or iteration with the same arguments;
// the last one stands for all further calls. With "spread" they are taken in turn, from a place that depends on the
// caller. "echo" answers the arguments. "delay" is in milliseconds. Some are added, so that the answers of a run come
// at times of their own: each call has its place in the second, and what states wait for are whole seconds. (Places are
// few: where very many calls are made, or a back-off has broken seconds, an answer may meet something after all.)

#include "base/time.h"
#include "node.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::differential {

struct Case {
  Node definition = Node::object();
  Node input = Node::object();
  Node worker = Node::object();
};

std::string to_text(const Case& value);
Case parse_case(std::string_view text);

struct Answer {
  std::int64_t delay = 0;  // milliseconds
  bool failed = false;
  std::optional<std::string> error, cause;
  std::string output;  // JSON
};

// The workers of one run.
class Worker {
 public:
  explicit Worker(const Node& script) : script_(&script) {}
  // `scope`: the number of the thread that calls, by creation.
  Answer answer(std::string_view state, std::string_view arguments, std::uint32_t scope, Timestamp now);

 private:
  const Node* script_;
  std::map<std::string, std::size_t> calls_;           // by what is called
  std::map<std::uint32_t, std::size_t> calls_from_{};  // by thread
};

}  // namespace stepwell::differential
