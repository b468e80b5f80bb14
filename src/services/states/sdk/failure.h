#pragma once
// A service's exception as the failure of a task (spec §4). Optimised integrations speak as version 1 of AWS's SDK for
// Java does, integrations of the AWS SDK as version 2:
//   1  StepFunctions.StateMachineDoesNotExistException: State Machine Does Not Exist: '…' (Service: AWSStepFunctions;
//      Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: …; Proxy: null)
//   2  Sfn.InvalidTokenException: Invalid Token: '…' (Service: Sfn, Status Code: 400, Request ID: …) (SDK Attempt
//   Count: 1)
// An exception that the service's model does not know is the service's base exception; a service that is not there or
// cannot be reached is SdkClientException.

#include "services/states/integration.h"

#include <string_view>

namespace stepwell::states::sdk {

// How version 1 spells a service: "states", "StepFunctions", "AWSStepFunctions", "AWSStepFunctionsException".
struct Version1 {
  std::string_view service;  // in the directory
  std::string_view prefix;
  std::string_view long_name;
  std::string_view base_exception;
};
TaskFailure failure(const Version1& names, const TaskCall& call, const Error& error);

// The same for version 2: "states", "Sfn".
struct Version2 {
  std::string_view service;
  std::string_view prefix;
};
TaskFailure failure(const Version2& names, const TaskCall& call, const Error& error);

}  // namespace stepwell::states::sdk
