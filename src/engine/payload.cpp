#include "engine/payload.h"

#include "base/check.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::engine {

Payload* Payload::of_value(json::Arena& arena, json::Value value) {
  auto* payload = arena.make<Payload>();
  payload->value_ = value;
  payload->has_value_ = true;
  return payload;
}

Payload* Payload::of_text(json::Arena& arena, std::string_view text) {
  auto* payload = arena.make<Payload>();
  payload->text_ = arena.copy(text);
  payload->has_text_ = true;
  return payload;
}

Payload* Payload::of_home(json::Arena& arena, const PayloadSource& source, ExecutionId execution, Home home) {
  auto* payload = arena.make<Payload>();
  payload->source_ = &source;
  payload->execution_ = execution;
  payload->home_ = home;
  return payload;
}

Payload* Payload::copy(json::Arena& arena, const Payload& payload) {
  auto* copied = arena.make<Payload>(payload);
  if (copied->has_value_) copied->value_ = json::copy(arena, payload.value_);
  // What is stored can be read again; text is kept only where nothing else has the bytes.
  copied->has_text_ = payload.has_text_ && !payload.has_value_;
  if (copied->has_text_) copied->text_ = arena.copy(payload.text_);
  return copied;
}

json::Value Payload::value(json::Arena& arena) const {
  if (!has_value_) {
    const auto parsed = json::parse(arena, text(arena));
    CHECK(parsed.has_value());
    value_ = *parsed;
    has_value_ = true;
  }
  return value_;
}

std::string_view Payload::text(json::Arena& arena) const {
  if (!has_text_) {
    // A number's text is what it was read from.
    if (has_value_ && value_.is_number()) return value_.lexeme();
    text_ = arena.copy(has_value_ ? json::print(value_) : source_->fetch(execution_, home_));
    has_text_ = true;
  }
  return text_;
}

bool Payload::within(json::Arena& arena, std::size_t limit) const {
  if (!has_text_ && has_value_ && !value_.is_number()) {
    std::string printed;
    if (!json::print_within(printed, value_, limit, json::ParseOptions{}.max_depth)) return false;
    text_ = arena.copy(printed);
    has_text_ = true;
  }
  return text(arena).size() <= limit;
}

}  // namespace stepwell::engine
