#include "case.h"

namespace stepwell::differential {

namespace {

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

Answer Worker::answer(std::string_view state, std::string_view arguments, std::uint32_t scope) {
  Answer answer;
  answer.output = std::string(arguments);
  const std::string call = std::to_string(scope).append("\n").append(state).append("\n").append(arguments);
  const std::uint64_t spread = hash(call);
  answer.delay = 1 + static_cast<std::int64_t>(spread % 499);
  const std::size_t number = calls_[call]++;
  const Node* script = script_->find(state);
  const Node* answers = script == nullptr ? nullptr : script->find("answers");
  if (answers == nullptr || answers->items.empty()) return answer;

  const std::size_t count = answers->items.size();
  const bool in_turn = script->find("spread") != nullptr;
  const Node& chosen = answers->items[in_turn ? (number + (spread >> 8U)) % count : std::min(number, count - 1)];
  if (const Node* delay = chosen.find("delay")) answer.delay += std::stoll(delay->text);
  if (const Node* failure = chosen.find("fail")) {
    answer.failed = true;
    answer.error = text_of(*failure, "Error");
    answer.cause = text_of(*failure, "Cause");
  } else if (const Node* output = chosen.find("output")) {
    answer.output = print(*output);
  }
  return answer;
}

}  // namespace stepwell::differential
