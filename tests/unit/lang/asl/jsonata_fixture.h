#pragma once
// What the tests of states that speak JSONata share.
#include "machine_fixture.h"

namespace stepwell::asl {

// "framed States.QueryEvaluationError: The JSONata expression 'e' specified for the field 'f' what @ f"
inline std::string evaluation_failure_of(std::string_view expression, std::string_view field, std::string_view what) {
  return fmt::format(
      "framed States.QueryEvaluationError: The JSONata expression '{}' specified for the field '{}' {} @ {}",
      expression, field, what, field);
}

class JsonataFixture : public MachineFixture {
 protected:
  // The state S of this type, with these fields besides.
  const State& jsonata(std::string_view type, std::string_view fields) { return state(definition_of(type, fields)); }
  static std::string definition_of(std::string_view type, std::string_view fields) {
    return fmt::format(R"({{"Type":"{}","QueryLanguage":"JSONata"{}}})", type, fields);
  }
  std::string enter_jsonata(std::string_view type, std::string_view fields, std::string_view input = "{}") {
    return enter(definition_of(type, fields), input);
  }
};

}  // namespace stepwell::asl
