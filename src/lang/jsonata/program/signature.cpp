#include "lang/jsonata/program/signature.h"

#include <algorithm>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view kSymbols = "mlbnsaof";

constexpr std::uint16_t bit(char symbol) {
  const std::size_t at = kSymbols.find(symbol);
  return at == std::string_view::npos ? 0 : static_cast<std::uint16_t>(1U << at);
}
constexpr std::uint16_t bits(std::string_view symbols) {
  std::uint16_t all = 0;
  for (const char symbol : symbols) all |= bit(symbol);
  return all;
}

constexpr char symbol_of(const Value& value) {
  switch (value.type()) {
    case Value::Type::null: return 'l';
    case Value::Type::boolean: return 'b';
    case Value::Type::number: return 'n';
    case Value::Type::string: return 's';
    case Value::Type::array: return 'a';
    case Value::Type::object: return 'o';
    case Value::Type::function: return 'f';
    default: return 'm';
  }
}

std::string_view name_of_elements(char symbol) {
  switch (symbol) {
    case 'a': return "arrays";
    case 'b': return "booleans";
    case 'f': return "functions";
    case 'n': return "numbers";
    case 'o': return "objects";
    case 's': return "strings";
    default: return "undefined";
  }
}

// The bracket that closes the one at `at`; the end where there is none.
std::size_t closing(std::string_view text, std::size_t at, char open, char close) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == open) ++depth;
    if (text[at] == close && --depth == 0) break;
  }
  return at;
}

}  // namespace

std::expected<Signature, Signature::ParseFailure> Signature::parse(std::string_view text) {
  Signature made;
  auto& parameters = made.parameters_;
  for (std::size_t at = 1; at + 1 < text.size() && text[at] != ':'; ++at) {
    const char c = text[at];
    switch (c) {
      case 's':
      case 'n':
      case 'b':
      case 'l':
      case 'o': parameters.push_back({.types = static_cast<std::uint16_t>(bit(c) | bit('m'))}); break;
      case 'a': parameters.push_back({.types = bits("asnblfom"), .is_array = true, .takes_types = true}); break;
      case 'f': parameters.push_back({.types = bit('f'), .takes_types = true}); break;
      case 'j': parameters.push_back({.types = bits("asnblom")}); break;
      case 'x': parameters.push_back({.types = bits("asnblfom")}); break;
      case '(': {
        const std::size_t end = closing(text, at, '(', ')');
        const std::string_view choice = text.substr(at + 1, end - at - 1);
        if (choice.contains('<')) return std::unexpected(ParseFailure{Code::S0402, at});
        parameters.push_back({.types = static_cast<std::uint16_t>(bits(choice) | bit('m'))});
        at = end;
        break;
      }
      case '<': {
        if (parameters.empty() || !parameters.back().takes_types) return std::unexpected(ParseFailure{Code::S0401, at});
        const std::size_t end = closing(text, at, '<', '>');
        const std::string_view types = text.substr(at + 1, end - at - 1);
        if (parameters.back().is_array && !types.empty()) parameters.back().element = types.front();
        parameters.back().is_single_element = types.size() == 1;
        at = end;
        break;
      }
      case '-':
        if (!parameters.empty()) parameters.back().is_context = true;
        break;
      case '?':
      case '+':
        if (!parameters.empty()) parameters.back().times = c == '?' ? Times::optional : Times::many;
        break;
      default: break;
    }
  }
  return made;
}

bool Signature::array_fits(const Parameter& parameter, const Value& argument) const {
  if (parameter.element == '\0' || argument.is_undefined()) return true;
  if (!argument.is_array()) return parameter.is_single_element && symbol_of(argument) == parameter.element;
  for (std::size_t i = 0; i < argument.size(); ++i) {
    if (symbol_of(argument.element(i)) != parameter.element) return false;
  }
  return true;
}

bool Signature::accepts(std::span<const Value> arguments) const {
  if (arguments.size() != parameters_.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    if (parameter.times == Times::many || (parameter.types & bit(symbol_of(arguments[i]))) == 0) return false;
    if (!parameter.is_array || arguments[i].is_undefined()) continue;
    if (!arguments[i].is_array() || !array_fits(parameter, arguments[i])) return false;
  }
  return true;
}

// How many arguments each parameter takes: as many as it can, as long as the rest fits. What has failed once at a place
// fails there again.
bool Signature::match(std::span<const Value> arguments, std::vector<std::size_t>& counts) const {
  const std::size_t width = arguments.size() + 1;
  std::vector<bool> failed((parameters_.size() + 1) * width);
  counts.assign(parameters_.size(), 0);
  const auto take = [&](const auto& self, std::size_t number, std::size_t at) -> bool {
    if (number == parameters_.size()) return at == arguments.size();
    if (failed[number * width + at]) return false;
    const Parameter& parameter = parameters_[number];
    const std::size_t least = parameter.is_context || parameter.times == Times::optional ? 0 : 1;
    const std::size_t most = parameter.times == Times::many ? arguments.size() - at : 1;
    std::size_t count = 0;
    while (count < most && at + count < arguments.size() &&
           (parameter.types & bit(symbol_of(arguments[at + count]))) != 0) {
      ++count;
    }
    for (; count + 1 > least; --count) {
      counts[number] = count;
      if (self(self, number + 1, at + count)) return true;
      if (count == 0) break;
    }
    failed[number * width + at] = true;
    return false;
  };
  return take(take, 0, 0);
}

// The first parameters that fit tell which argument does not.
Signature::Mismatch Signature::mismatch(std::span<const Value> arguments) const {
  std::size_t good = 0;
  for (std::size_t number = 0; number < parameters_.size(); ++number) {
    Signature front;
    front.parameters_.assign(parameters_.begin(), parameters_.begin() + static_cast<std::ptrdiff_t>(number) + 1);
    bool matches = false;
    std::vector<std::size_t> counts;
    for (std::size_t length = arguments.size() + 1; length-- > 0 && !matches;) {
      matches = front.match(arguments.first(length), counts);
      if (matches) good = length;
    }
    if (!matches) break;
  }
  return {Code::T0410, good + 1, {}};
}

std::expected<std::vector<Value>, Signature::Mismatch> Signature::fit(Memory& memory, std::span<const Value> arguments,
                                                                      const Value& context) const {
  std::vector<std::size_t> counts;
  if (!match(arguments, counts)) return std::unexpected(mismatch(arguments));
  std::vector<Value> fitted;
  std::size_t at = 0;
  const auto given = [&](std::size_t number) { return number < arguments.size() ? arguments[number] : Value(); };
  for (std::size_t number = 0; number < parameters_.size(); ++number) {
    const Parameter& parameter = parameters_[number];
    if (counts[number] == 0 && parameter.is_context) {
      if ((parameter.types & bit(symbol_of(context))) == 0) return std::unexpected(Mismatch{Code::T0411, at + 1, {}});
      fitted.push_back(context);
    } else if (counts[number] == 0) {
      fitted.push_back(given(at++));
    }
    for (std::size_t i = 0; i < counts[number]; ++i, ++at) {
      Value argument = given(at);
      if (parameter.is_array && !argument.is_undefined()) {
        if (!array_fits(parameter, argument)) {
          return std::unexpected(Mismatch{Code::T0412, at + 1, name_of_elements(parameter.element)});
        }
        if (!argument.is_array()) argument = memory.array({argument});
      }
      fitted.push_back(argument);
    }
  }
  return fitted;
}

}  // namespace stepwell::jsonata
