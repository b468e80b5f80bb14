#pragma once
// A JSON document that travels through an execution: an input, an output, a variable. It is held as a tree, as text, or
// both, each made from the other at the first need, and it is stored once: the first event record that holds it becomes
// its home, everything later refers to that. A payload that was not needed yet since its execution was loaded is only
// its home.

#include "engine/ids.h"
#include "lang/json/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::engine {

enum class FieldTag : std::uint8_t;

// Which field of which event holds the bytes; serial 0: not stored yet.
struct Home {
  Serial serial = 0;
  FieldTag tag{};
  bool operator==(const Home&) const = default;
};

// Fetches stored payloads. Throws StorageLost (storage_lost.h) when the store cannot give them.
class PayloadSource {
 public:
  virtual ~PayloadSource() = default;
  virtual std::string fetch(ExecutionId execution, Home home) const = 0;
};

class Payload {
 public:
  // All are placed in `arena`, as are the trees and texts made later.
  static Payload* of_value(json::Arena& arena, json::Value value);
  static Payload* of_text(json::Arena& arena, std::string_view text);  // valid JSON; copied
  static Payload* of_home(json::Arena& arena, const PayloadSource& source, ExecutionId execution, Home home);
  // A copy that depends on `arena` alone.
  static Payload* copy(json::Arena& arena, const Payload& payload);

  json::Value value(json::Arena& arena) const;
  std::string_view text(json::Arena& arena) const;  // UTF-8, as sent or compact
  // Whether its text has at most `limit` bytes and can be parsed again. To be asked of a tree that a workflow has built
  // before anything else makes its text: trees share subtrees, and a small one in memory can be an immense text.
  bool within(json::Arena& arena, std::size_t limit) const;
  bool same_value(const json::Value& other) const { return has_value_ && value_.same_as(other); }

  Home home() const { return home_; }
  void set_home(Home home) const { home_ = home; }

 private:
  mutable json::Value value_;
  mutable std::string_view text_;
  mutable Home home_;
  const PayloadSource* source_ = nullptr;
  ExecutionId execution_;
  mutable bool has_value_ = false;
  mutable bool has_text_ = false;
};

}  // namespace stepwell::engine
