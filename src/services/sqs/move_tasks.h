#pragma once
// Message move tasks: messages of a dead-letter queue on their way back, as fast as was asked for. A task is durable;
// it goes on after a restart, and each message is moved in one commit, from one queue to the other.

#include "base/error.h"
#include "base/task.h"
#include "services/sqs/queues.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sqs {

class MoveTasks : public std::enable_shared_from_this<MoveTasks> {
 public:
  MoveTasks(const ServicePorts& ports, Queues& queues) : ports_(ports), queues_(queues) {}

  // Goes on with what was under way when the program last stopped.
  Result<void> take_up();
  void close() { closed_ = true; }

  // Durable when it answers.
  Task<Result<void>> begin(MoveTask task);
  // Gives the task as it was when it was told to stop.
  Task<Result<MoveTask>> cancel(MoveTask task);
  // Of one source, the latest first.
  Result<std::vector<MoveTask>> list(std::string_view source) const;
  Result<std::optional<MoveTask>> find(std::string_view source, std::string_view id) const;

 private:
  void run_later(std::string source, std::string id);
  static Task<void> run(std::shared_ptr<MoveTasks> self, std::string source, std::string id);
  Task<Result<bool>> run_piece(MoveTask& task);
  Task<Result<void>> save(MoveTask task);
  Task<Result<void>> forget_oldest(std::string source);
  Task<void> wait(Duration delay);

  const ServicePorts ports_;
  Queues& queues_;
  bool closed_ = false;
};

}  // namespace stepwell::sqs
