#include "services/states/test_state/observation.h"

#include "lang/json/print.h"

namespace stepwell::states {

void Observation::passed(asl::Stage stage, const json::Value& value) {
  if (catcher_) return;  // what a catcher does with its failure is not shown
  if (stage != asl::Stage::item_selector) {
    values_[static_cast<std::size_t>(stage)] = value;
    return;
  }
  if (full_) return;
  std::string text;
  full_ = !json::print_within(text, value, max_observed_bytes) || items_.size() + text.size() + 2 > max_observed_bytes;
  if (full_) return;
  items_ += selected_++ == 0 ? '[' : ',';
  items_ += text;
}

void Observation::handles(asl::Handler handler, std::size_t index) {
  (handler == asl::Handler::retrier ? retrier_ : catcher_) = index;
}

const json::Value* Observation::at(asl::Stage stage) const {
  const auto& value = values_[static_cast<std::size_t>(stage)];
  return value ? &*value : nullptr;
}

std::optional<std::string> Observation::selected_items() const {
  if (selected_ == 0 || full_) return std::nullopt;
  return items_ + ']';
}

TestActivation::TestActivation(TestScope scope, Observation& observation)
    : scope_(scope), entered_at_(scope.clock.now()), attempt_(scope.random.next()) {
  inspection_ = &observation;
}

}  // namespace stepwell::states
