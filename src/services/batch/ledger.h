#pragma once
// Jobs in the store, read. What changes them is in change.h.

#include "base/error.h"
#include "services/batch/job.h"
#include "store/store.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::batch {

class Ledger {
 public:
  explicit Ledger(store::Store& store) : store_(store) {}

  Result<std::optional<Job>> find(const JobId& id) const;
  // What was submitted.
  Result<std::optional<std::string>> document(std::string_view uuid) const;
  // The value of a row of job_index.
  Result<std::optional<std::string>> row(std::string_view key) const;
  // The first keys of job_index that begin so, behind `after` (a key; empty: from the beginning).
  Result<std::vector<std::string>> rows(std::string_view prefix, std::string_view after, std::size_t limit) const;
  Result<bool> has_rows(std::string_view prefix) const;

  store::Store& store() const { return store_; }

 private:
  store::Store& store_;
};

}  // namespace stepwell::batch
