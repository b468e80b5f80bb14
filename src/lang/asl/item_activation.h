#pragma once
// The activation of a Map state seen from one of its items: the context object has $$.Map.Item besides.

#include "lang/asl/activation.h"

namespace stepwell::asl {

class ItemActivation final : public Activation {
 public:
  ItemActivation(Activation& map, std::uint32_t index, const json::Value& item)
      : map_(map), index_(index), item_(item) {}

  json::Arena& arena() override { return map_.arena(); }
  json::Value input() override { return map_.input(); }
  json::Value context() override;
  const json::Value* variable(std::string_view name) override { return map_.variable(name); }
  Timestamp now() override { return map_.now(); }
  Timestamp entered_at() override { return map_.entered_at(); }
  std::uint64_t attempt() override { return map_.attempt(); }
  Random& random() override { return map_.random(); }
  Budget& budget() override { return map_.budget(); }

 private:
  Activation& map_;
  std::uint32_t index_;
  json::Value item_;
  std::optional<json::Value> context_;
};

}  // namespace stepwell::asl
