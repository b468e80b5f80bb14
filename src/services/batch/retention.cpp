// Jobs that have ended are forgotten after a while, the children of an array with it.

#include "services/batch/conductor.h"

namespace stepwell::batch {
namespace {

constexpr std::size_t forgotten_at_once = 100;

void forget(const Job& job, const std::string& ended_row, store::Batch& batch) {
  constexpr auto index = store::Table::job_index;
  const std::string everything = submission_prefix(job.id.uuid);
  batch.erase_range(store::Table::job, everything, store::prefix_end(everything));
  const std::string children = row_key(Row::list).text(job.id.uuid).take();
  batch.erase_range(index, children, store::prefix_end(children));
  const std::string waiting = row_key(Row::waiting).text(job.id.uuid).take();
  batch.erase_range(index, waiting, store::prefix_end(waiting));
  batch.erase(index, list_key(owner_of(job), job));
  batch.erase(index, ended_row);
}

}  // namespace

Task<Result<void>> Conductor::forget_old() {
  const Timestamp now = ports_.clock.now();
  if (now < next_forgotten_) co_return Result<void>();
  const auto lock = co_await changes_.lock();
  CO_TRY_ASSIGN(const auto rows, ports_.ledger.rows(row_key(Row::ended).view(), {}, forgotten_at_once));
  store::Batch batch;
  next_forgotten_ = now + limits_.retention;
  for (const std::string& row : rows) {
    const auto ended = read_ended(row);
    if (!ended) co_return fail(internal_error("A record of an ended job cannot be read."));
    if (ended->at + limits_.retention > now) {
      next_forgotten_ = ended->at + limits_.retention;
      break;
    }
    CO_TRY_ASSIGN(const auto job, ports_.ledger.find(ended->id));
    if (job)
      forget(*job, row, batch);
    else
      batch.erase(store::Table::job_index, row);
    if (&row == &rows.back()) next_forgotten_ = now;
  }
  if (batch.empty()) co_return Result<void>();
  again_ = true;
  co_return co_await ports_.catalog.commit(std::move(batch));
}

}  // namespace stepwell::batch
