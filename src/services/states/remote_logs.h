#pragma once
// Log events that go to CloudWatch Logs elsewhere (--endpoint logs=URL). They cannot be part of a commit: each call is
// sent once it is made, without a promise that it arrives, as on AWS. What is too much at once is dropped, with a line
// in the server's own log.

#include "base/ports.h"
#include "services/directory/directory.h"

#include <memory>

namespace stepwell::states {

class RemoteLogs {
 public:
  // The directory and the log outlive what is under way.
  RemoteLogs(directory::Directory& directory, Log& log) : directory_(&directory), log_(&log) {}

  // A call of PutLogEvents, ready to be made. Its stream is made where it is not there.
  void send(std::unique_ptr<wire::Call> call);

 private:
  static constexpr std::size_t max_running = 64;

  directory::Directory* directory_;
  Log* log_;
  std::shared_ptr<std::size_t> running_ = std::make_shared<std::size_t>(0);  // shared with the calls
};

}  // namespace stepwell::states
