#pragma once
// The output of an attempt on its way to CloudWatch Logs. How far it has got is part of each commit, so that after a
// crash no line is there twice and none is missing.

#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/batch/job.h"
#include "services/batch/ledger.h"
#include "services/batch/records.h"
#include "services/directory/directory.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::batch {

class JobLog : public std::enable_shared_from_this<JobLog> {
 public:
  struct Ports {
    Ledger& ledger;
    Scheduler& scheduler;
    Clock& clock;
    Log& log;
    directory::Directory& directory;
  };
  struct Target {
    wire::Caller caller;  // whose logs they are
    std::string group, stream;
  };
  JobLog(const Ports& ports, JobId id, std::uint32_t attempt, Target target)
      : ports_(ports), id_(std::move(id)), target_(std::move(target)), logged_{.attempt = attempt} {}

  // Makes the group where there is none. Since when lines are wanted.
  Task<Result<Timestamp>> open();
  void line(Timestamp time, std::string_view text);
  // When every line is durable that was there; or cannot be, which the operator's log tells.
  Task<void> flush();
  // Nothing more is taken or written.
  void close();

 private:
  struct Line {
    Timestamp time{};
    std::string text;
  };

  void write_soon();
  Task<void> write_all();
  Task<Result<void>> write_some();

  Ports ports_;
  JobId id_;
  Target target_;
  Logged logged_;                    // as far as lines have come
  std::uint32_t known_ = 0;          // lines of logged_.time that come once more
  Timestamp written_time_{};         // as far as they are written
  std::uint32_t written_lines_ = 0;  // of that time
  std::deque<Line> lines_;
  std::size_t bytes_ = 0;
  std::size_t dropped_ = 0;
  bool writing_ = false;
  bool closed_ = false;
  std::unique_ptr<Timer> timer_;
  std::vector<Pending<bool>> waiting_;
};

}  // namespace stepwell::batch
