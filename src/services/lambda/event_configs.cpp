#include "services/lambda/event_configs.h"

#include "store/codec.h"
#include "store/commit.h"

#include <fmt/format.h>

namespace stepwell::lambda {
namespace {

using store::Table;

constexpr std::uint8_t version = 1;

std::string key_of(std::string_view arn) { return store::KeyWriter().text(arn).take(); }

// 0: none; the number is one more otherwise.
std::uint64_t optional(const std::optional<std::uint32_t>& number) { return number ? *number + std::uint64_t{1} : 0; }
std::optional<std::uint32_t> get_optional(store::ValueReader& in) {
  const std::uint64_t number = in.varint();
  return number == 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(number - 1));
}

}  // namespace

Result<std::optional<EventConfig>> EventConfigs::find(std::string_view arn) const {
  TRY_ASSIGN(const auto value, store_->get(Table::function_event_config, key_of(arn)));
  if (!value) return std::nullopt;
  store::ValueReader in(*value);
  EventConfig config;
  const bool is_known = in.u8() == version;
  config.max_retries = get_optional(in);
  config.max_age_seconds = get_optional(in);
  config.on_success = in.text();
  config.on_failure = in.text();
  config.modified = Timestamp{Duration{in.signed_varint()}};
  if (!is_known || !in.ok() || !in.at_end()) {
    return fail(internal_error(fmt::format("What becomes of the events of {} cannot be read.", arn)));
  }
  return config;
}

Task<Result<void>> EventConfigs::save(std::string arn, EventConfig config) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .varint(optional(config.max_retries))
      .varint(optional(config.max_age_seconds))
      .text(config.on_success)
      .text(config.on_failure)
      .signed_varint(config.modified.time_since_epoch().count());
  store::Batch batch;
  batch.put(Table::function_event_config, key_of(arn), value);
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> EventConfigs::remove(std::string arn) {
  store::Batch batch;
  batch.erase(Table::function_event_config, key_of(arn));
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

}  // namespace stepwell::lambda
