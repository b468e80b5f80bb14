#pragma once
// Reference paths (spec §1.4): paths that name one place, by names and indexes only. ResultPath writes at one.

#include "lang/asl/activation.h"
#include "lang/asl/expression.h"
#include "lang/jsonpath/path.h"

#include <optional>

namespace stepwell::asl {

// ResultPath: where the result goes in the state's input as it came. Absent or "$": the result replaces it; null: the
// result is dropped.
class ResultPath {
 public:
  static Result<ResultPath> compile(const json::Value* definition);
  Evaluated<json::Value> place(Activation& activation, const json::Value& result) const;

 private:
  bool dropped_ = false;
  std::optional<jsonpath::Path> path_;
};

// A reference path that does not fit `input`: States.ReferencePathConflict, the name and words AWS reports (the
// language specification calls it States.ResultPathMatchFailure; ErrorEquals takes either name).
Failure reference_path_conflict(std::string_view path, const json::Value& input);

}  // namespace stepwell::asl
