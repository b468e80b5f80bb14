#include "services/logs/operations/support.h"

#include <fmt/ranges.h>

namespace stepwell::logs {
namespace {

constexpr std::array<std::int64_t, 22> periods = {1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                                  365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};

}  // namespace

Task<Result<wire::Reply>> put_retention_policy(Logs& logs, wire::Call& call) {
  const std::int64_t days = *call.integer("retentionInDays");
  if (std::ranges::find(periods, days) == periods.end()) {
    co_return fail(errors::invalid_parameter(
        fmt::format("1 validation error detected: Value '{}' at 'retentionInDays' failed to satisfy constraint: Member "
                    "must satisfy enum value set: [{}]",
                    days, fmt::join(periods, ", "))));
  }
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find_group(logs, call));
  group.retention_days = static_cast<std::uint32_t>(days);
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
