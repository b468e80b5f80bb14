#include "services/lambda/execution/runner.h"

#include "services/lambda/errors.h"
#include "wire/arn.h"

namespace stepwell::lambda {
namespace {

// What keeps a process of the package from starting is the function's fault, told in its place.
bool is_of_the_function(const Error& error) { return error.code.starts_with("Runtime."); }

}  // namespace

Task<Result<Outcome>> Runner::run(std::string arn, Invocation invocation) {
  CO_TRY_ASSIGN(Admission::Slot slot, co_await admission_.enter(arn));
  CO_TRY_ASSIGN(FunctionPtr function, functions_.find(arn));
  if (function == nullptr) co_return fail(errors::function_not_found(invocation.function_arn));
  const auto process = co_await process_for(std::move(function), std::move(slot));
  if (process) co_return co_await (*process)->run(std::move(invocation));
  const Error& error = process.error();
  if (!is_of_the_function(error)) co_return fail(error);
  co_return Outcome{.kind = Outcome::Kind::function_error,
                    .payload = platform_error(error.code, invocation.request_id, error.message),
                    .log = {}};
}

Task<Result<Instance*>> Runner::process_for(FunctionPtr function, Admission::Slot slot) {
  std::optional<Admission::Slot> place(std::move(slot));
  if (Instance* warm = pool_.take(*function, place)) co_return warm;
  CO_TRY_ASSIGN(CodePtr code, co_await code_.code_of(function));
  CO_TRY_ASSIGN(Surroundings surroundings, surroundings_(*function));
  if (const auto arn = wire::Arn::parse(function->arn)) surroundings.region = arn->region;
  co_return pool_.start(std::move(function), std::move(code), surroundings, *std::move(place));
}

}  // namespace stepwell::lambda
