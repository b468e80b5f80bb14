#pragma once
// Runs functions: a turn, the code on disk, a process, the invocation.

#include "services/lambda/execution/admission.h"
#include "services/lambda/execution/pool.h"
#include "services/lambda/functions.h"
#include "services/lambda/package/code_cache.h"

#include <functional>

namespace stepwell::lambda {

class Runner {
 public:
  // `surroundings` are asked for when a process of a function starts; their region is filled in here.
  Runner(Functions& functions, CodeCache& code, Admission& admission, Pool& pool,
         std::function<Result<Surroundings>(const FunctionRecord&)> surroundings)
      : functions_(functions),
        code_(code),
        admission_(admission),
        pool_(pool),
        surroundings_(std::move(surroundings)) {}

  // How a function fails is an outcome. Errors: ResourceNotFoundException, TooManyRequestsException,
  // InvalidRuntimeException, InvalidZipFileException, ServiceException, AccessDeniedException (the role).
  Task<Result<Outcome>> run(std::string arn, Invocation invocation);

  // Code or configuration have changed, or the function is gone.
  void retire(const std::string& arn) { pool_.retire(arn); }

 private:
  Task<Result<Instance*>> process_for(FunctionPtr function, Admission::Slot slot);

  Functions& functions_;
  CodeCache& code_;
  Admission& admission_;
  Pool& pool_;
  std::function<Result<Surroundings>(const FunctionRecord&)> surroundings_;
};

}  // namespace stepwell::lambda
