#pragma once
// Answers of tasks given in a file, so that a definition can be run without the things it calls. The format is the one
// of Step Functions Local and others:
//
//   { "StateMachines":   { "<machine>": { "TestCases": { "<case>": { "<state>": "<response>" } } } },
//     "MockedResponses": { "<response>": { "0": { "Return": <JSON> }, "1-2": { "Throw": { "Error": "E", "Cause": "C" }
//     } } } }
//
// "0", "1-2" are attempts, counted from 0 over the whole run.

#include "base/error.h"
#include "services/states/integration.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace stepwell::states {

class Mocks {
 public:
  // `machine` and `test_case` choose; where they are empty the file must have one only. Error "InvalidMocks".
  static Result<std::unique_ptr<Mocks>> load(std::string_view text, std::string_view machine,
                                             std::string_view test_case);

  // The answer for the next attempt of a state; nullopt: the state is not mocked.
  std::optional<TaskOutcome> next(std::string_view state);

 private:
  struct Response {
    std::size_t first = 0, last = 0;  // attempts
    TaskOutcome outcome;
  };
  struct Answers {
    std::vector<Response> responses;
    std::size_t attempts = 0;
  };
  std::map<std::string, Answers, std::less<>> states_;
};

}  // namespace stepwell::states
