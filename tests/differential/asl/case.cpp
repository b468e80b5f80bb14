#include "case.h"

namespace stepwell::differential {

namespace {

constexpr std::int64_t kSecond = 1'000;  // milliseconds

// Another one for each of the first 7 calls of the first 131 threads. States wait for full and for half seconds.
std::int64_t place_in_second(std::uint32_t scope, std::size_t call) {
  const auto place = static_cast<std::int64_t>(1 + (scope + 131 * call) % 997);
  return place < kSecond / 2 ? place : place + 1;
}

// The same on every machine, unlike std::hash.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return value ^ (value >> 29U);
}

std::optional<std::string> text_of(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node == nullptr || node->kind != Node::Kind::string ? std::nullopt : std::optional(node->text);
}

}  // namespace

std::string to_text(const Case& value) {
  Node node = Node::object();
  node.set("definition", value.definition).set("input", value.input).set("worker", value.worker);
  return print(node);
}

Case parse_case(std::string_view text) {
  const Node node = parse(text);
  Case value;
  if (const Node* definition = node.find("definition")) value.definition = *definition;
  if (const Node* input = node.find("input")) value.input = *input;
  if (const Node* worker = node.find("worker")) value.worker = *worker;
  return value;
}

Answer Worker::answer(std::string_view state, std::string_view arguments, std::uint32_t scope, Timestamp now) {
  Answer answer;
  answer.output = std::string(arguments);
  const std::string call = std::to_string(scope).append("\n").append(state).append("\n").append(arguments);
  const std::uint64_t spread = hash(call);
  const std::size_t number = calls_[call]++;
  const std::int64_t called = now.time_since_epoch().count();
  std::int64_t earliest = called + 1 + static_cast<std::int64_t>(spread % 499);
  const std::int64_t place = place_in_second(scope, calls_from_[scope]++);

  const Node* script = script_->find(state);
  const Node* answers = script == nullptr ? nullptr : script->find("answers");
  if (answers != nullptr && !answers->items.empty()) {
    const std::size_t count = answers->items.size();
    const bool in_turn = script->find("spread") != nullptr;
    const Node& chosen = answers->items[in_turn ? (number + (spread >> 8U)) % count : std::min(number, count - 1)];
    if (const Node* delay = chosen.find("delay")) earliest += std::stoll(delay->text);
    if (const Node* failure = chosen.find("fail")) {
      answer.failed = true;
      answer.error = text_of(*failure, "Error");
      answer.cause = text_of(*failure, "Cause");
    } else if (const Node* output = chosen.find("output")) {
      answer.output = print(*output);
    }
  }
  const std::int64_t to_place = (place - earliest % kSecond + kSecond) % kSecond;
  answer.delay = earliest + to_place - called;
  return answer;
}

}  // namespace stepwell::differential
