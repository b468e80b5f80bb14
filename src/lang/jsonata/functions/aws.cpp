// What AWS Step Functions adds: $partition, $range, $hash, $uuid, $parse ($random with a seed is in number.cpp).
#include "base/ports.h"
#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/value/stringify.h"

#include <cmath>

namespace stepwell::jsonata::library {
namespace {

// What is no integer is cut off towards zero.
double whole(const Value& number) { return std::trunc(number.as_number()); }

// A range takes more than its elements: AWS allows this many, measured.
constexpr double kLongestRange = 360'145;

Value slice(Invocation& call, const Value& array, std::size_t begin, std::size_t end) {
  Evaluator::Collector elements(call.evaluator());
  for (std::size_t i = begin; i < end; ++i) elements.push(array.element(i));
  return elements.array();
}

// What is read is a value of the evaluation: its numbers are, but for integers, no texts any more.
Value made_of(Invocation& call, const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::number: {
      const bool is_integer = value.lexeme() != "-0" && value.lexeme().find_first_of(".eE") == std::string_view::npos;
      return is_integer ? Value::from(value).as_temporary() : Value::number(value.as_double() + 0.0);
    }
    case json::Kind::string: return Value::string(value.as_string());
    case json::Kind::array: {
      Evaluator::Collector elements(call.evaluator());
      for (const json::Value& element : value.elements()) elements.push(made_of(call, element));
      return elements.array();
    }
    case json::Kind::object: {
      Object* const made = call.memory().object(value.size());
      for (const json::Member& member : value.members()) {
        made->set(call.memory(), Value::string(member.key), made_of(call, member.value));
      }
      return Value::object(made);
    }
    default: return Value::from(value);
  }
}

}  // namespace

Value aws_partition(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined() || !call[1].is_number()) return {};
  const double size = whole(call[1]);
  if (size < 0) return call.fail(Code::T0410, {"2", quoted(call.site().name)});
  if (size == 0 || array.size() == 0) return {};
  if (!call.evaluator().spend(array.size() / 4)) return call.fail(Code::U1002);
  const auto chunk = static_cast<std::size_t>(std::min(size, static_cast<double>(array.size())));
  Evaluator::Collector chunks(call.evaluator());
  for (std::size_t begin = 0; begin < array.size(); begin += chunk) {
    chunks.push(slice(call, array, begin, std::min(begin + chunk, array.size())));
  }
  return chunks.array();
}

Value aws_range(Invocation& call) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (!call[i].is_number() || !std::isfinite(call[i].as_number())) return {};
  }
  const double first = whole(call[0]);
  const double last = whole(call[1]);
  const double step = whole(call[2]);
  if (step == 0 || (last - first) * step < 0) return {};
  const double count = std::floor((last - first) / step) + 1;
  const double most =
      kLongestRange * static_cast<double>(call.memory().limit()) / static_cast<double>(Limits{}.memory_bytes);
  if (count > most) return call.fail(Code::U1003);
  const auto size = static_cast<std::size_t>(count);
  Value* const elements = call.memory().elements(size);
  if (elements == nullptr) return call.fail(Code::U1003);
  for (std::size_t i = 0; i < size; ++i) elements[i] = Value::number(first + step * static_cast<double>(i));
  return Value::array(elements, size).as_sequence();
}

Value aws_hash(Invocation& call) {
  if (call[0].is_undefined() || call[1].is_undefined()) return {};
  struct Algorithm {
    std::string_view name;
    crypto::Digest digest;
  };
  static constexpr Algorithm kAlgorithms[] = {{"MD5", crypto::Digest::md5},
                                              {"SHA-1", crypto::Digest::sha1},
                                              {"SHA-256", crypto::Digest::sha256},
                                              {"SHA-384", crypto::Digest::sha384},
                                              {"SHA-512", crypto::Digest::sha512}};
  const auto* const found = std::ranges::find(kAlgorithms, call[1].as_string(), &Algorithm::name);
  if (found == std::end(kAlgorithms)) return {};
  if (!call.evaluator().spend(1 + call[0].as_string().size() / 16)) return call.fail(Code::U1002);
  return call.memory().string(crypto::to_hex(crypto::digest(found->digest, call[0].as_string())));
}

Value aws_uuid(Invocation& call) { return call.memory().string(make_uuid(*call.evaluator().environment().random)); }

Value aws_parse(Invocation& call) {
  if (call[0].is_undefined()) return {};
  const std::string_view text = call[0].as_string();
  if (!call.evaluator().spend(1 + text.size() / 16)) return call.fail(Code::U1002);
  if (!call.memory().charge(text.size() * Memory::kByte)) return call.fail(Code::U1003);
  const auto parsed = json::parse_copy(call.memory().arena(), text);
  if (!parsed) return call.fail(Code::D3122, {parsed.error().message});
  return made_of(call, *parsed);
}

}  // namespace stepwell::jsonata::library
