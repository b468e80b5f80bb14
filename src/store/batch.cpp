#include "base/check.h"
#include "store/store.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace stepwell::store {

void Batch::put(Table table, std::string_view key, std::string_view value) {
  write(Operation::put, table, key, value);
  filled_[std::to_underlying(table)] = true;
}

void Batch::erase(Table table, std::string_view key) { write(Operation::erase, table, key, {}); }

void Batch::erase_range(Table table, std::string_view from, std::string_view to) {
  write(Operation::erase_range, table, from, to);
}

void Batch::append(Batch other) {
  log_.append(other.log_);
  operations_ += other.operations_;
  std::ranges::move(other.hooks_, std::back_inserter(hooks_));
  filled_ |= other.filled_;
}

void Batch::write(Operation operation, Table table, std::string_view first, std::string_view second) {
  constexpr std::size_t longest = std::numeric_limits<std::uint32_t>::max();
  CHECK(first.size() <= longest && second.size() <= longest);
  const auto first_length = static_cast<std::uint32_t>(first.size());
  const auto second_length = static_cast<std::uint32_t>(second.size());
  std::array<char, 2 + sizeof first_length + sizeof second_length> header;
  header[0] = static_cast<char>(operation);
  header[1] = static_cast<char>(table);
  std::memcpy(header.data() + 2, &first_length, sizeof first_length);
  std::memcpy(header.data() + 2 + sizeof first_length, &second_length, sizeof second_length);
  log_.append(header.data(), header.size()).append(first).append(second);
  ++operations_;
}

Batch Batch::copy() const {
  Batch same;
  same.log_ = log_;
  same.operations_ = operations_;
  same.filled_ = filled_;
  same.required_ = required_;
  return same;
}

Ticket Store::commit(Batch batch, Committed committed) {
  if (batch.hooks_.empty()) return write(std::move(batch), std::move(committed));
  auto told = std::exchange(batch.hooks_, {});
  return write(std::move(batch),
               [hooks = std::move(told), committed = std::move(committed)](const Result<void>& result) mutable {
                 for (Committed& hook : hooks) hook(result);
                 committed(result);
               });
}

}  // namespace stepwell::store
