#pragma once
// Where names are known while an expression is compiled. A variable belongs to the block, function or path in which it
// is set, from before it is set: until then the name means what it means outside. Scopes outlive the compilation for
// $eval, which compiles in the middle of an evaluation.

#include "lang/jsonata/program/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// The places of a frame.
struct FrameLayout {
  std::uint32_t slots = 0;
};

class Scope {
 public:
  // With a frame of its own, or with places in the one of `parent`.
  Scope(const Scope* parent, FrameLayout* own);

  // Declares a name; the same place when it is there already.
  std::uint32_t declare(std::string_view name);
  // Declares a parameter: a new place even where the name is there already.
  std::uint32_t declare_again(std::string_view name);
  // A place without a name.
  std::uint32_t reserve();

  const std::uint32_t* find(std::string_view name) const;
  const Scope* parent() const { return parent_; }
  bool has_frame() const { return has_frame_; }
  // nullptr: places in the frame around it.
  const FrameLayout* frame() const { return has_frame_ ? layout_ : nullptr; }
  // The places declared first, without a gap.
  std::uint32_t first() const { return first_; }
  std::uint32_t places() const { return layout_->slots - first_; }
  // Frames between here and `outer`, which must enclose this scope or be it; nullopt where it does not.
  std::optional<std::uint32_t> hops_to(const Scope* outer) const;

 private:
  const Scope* parent_;
  FrameLayout* layout_;
  bool has_frame_;
  std::uint32_t first_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
};

}  // namespace stepwell::jsonata
