#include "store/gatherer.h"

#include "store/errors.h"

#include <pthread.h>

namespace stepwell::store {
namespace {

// What a waiting batch occupies beside its bytes, so that a flood of tiny ones is bounded too.
constexpr std::size_t batch_overhead = sizeof(Batch) + sizeof(Committed);

}  // namespace

Gatherer::Gatherer(GathererLimits limits, Write write)
    : limits_(limits), write_(std::move(write)), writer_([this] { run(); }) {
  pthread_setname_np(writer_.native_handle(), "store-writer");
}

Gatherer::~Gatherer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  writer_.join();
}

Ticket Gatherer::commit(Batch batch, Committed committed) {
  bool wake = false;
  Ticket ticket = 0;
  {
    std::unique_lock lock(mutex_);
    if (waiting_.bytes >= limits_.waiting_bytes && std::this_thread::get_id() != writer_.get_id()) {
      room_.wait(lock, [this] { return waiting_.bytes < limits_.waiting_bytes; });
    }
    ticket = ++last_ticket_;
    if (waiting_.batches.empty()) waiting_.first = ticket;
    waiting_.bytes += batch.bytes() + batch_overhead;
    waiting_.batches.push_back(std::move(batch));
    waiting_.completions.push_back(std::move(committed));
    wake = std::exchange(idle_, false);
  }
  if (wake) work_.notify_one();
  return ticket;
}

void Gatherer::run() {
  Queue taken;
  while (take(taken)) write_groups(taken);
}

// Waits for work and takes all of it; false at the end. The two queues change places, so their memory is used again.
bool Gatherer::take(Queue& taken) {
  taken.batches.clear();
  taken.completions.clear();
  taken.bytes = 0;
  {
    std::unique_lock lock(mutex_);
    while (waiting_.batches.empty()) {
      if (stopping_) return false;
      idle_ = true;
      work_.wait(lock);
    }
    idle_ = false;
    std::swap(taken, waiting_);
  }
  if (taken.bytes >= limits_.waiting_bytes) room_.notify_all();
  return true;
}

void Gatherer::write_groups(Queue& taken) {
  for (std::size_t begin = 0; begin < taken.batches.size();) {
    if (failed_.contains(taken.batches[begin].required())) {
      finish(taken, begin, begin + 1, fail(rests_on_lost_commit()));
      ++begin;
      continue;
    }
    const std::size_t end = group_end(taken, begin);
    const auto group = std::span<const Batch>(taken.batches).subspan(begin, end - begin);
    count(group);
    finish(taken, begin, end, write_(group));
    begin = end;
  }
}

void Gatherer::count(std::span<const Batch> group) {
  const auto add = [](std::atomic<std::uint64_t>& number, std::uint64_t amount) {
    number.store(number.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  };
  std::size_t bytes = 0;
  for (const Batch& batch : group) bytes += batch.bytes();
  add(commits_, group.size());
  add(writes_, 1);
  add(bytes_, bytes);
}

Statistics Gatherer::statistics() const {
  return {.commits = commits_.load(std::memory_order_relaxed),
          .writes = writes_.load(std::memory_order_relaxed),
          .bytes = bytes_.load(std::memory_order_relaxed)};
}

void Gatherer::finish(Queue& taken, std::size_t begin, std::size_t end, const Result<void>& result) {
  // Before anyone is told: what is committed from now on may rest on these.
  if (!result) failed_.add(taken.first + begin, taken.first + end);
  for (std::size_t i = begin; i < end; ++i) {
    taken.completions[i](result);
    taken.completions[i] = nullptr;  // frees what it holds now, not after the last group
  }
}

// A group ends before a batch that must be refused.
std::size_t Gatherer::group_end(const Queue& taken, std::size_t begin) const {
  std::size_t bytes = taken.batches[begin].bytes();
  std::size_t end = begin + 1;
  while (end < taken.batches.size() && end - begin < limits_.group_batches) {
    bytes += taken.batches[end].bytes();
    if (bytes > limits_.group_bytes || failed_.contains(taken.batches[end].required())) break;
    ++end;
  }
  return end;
}

}  // namespace stepwell::store
