// ItemsPath: the array whose elements are the items; absent: the effective input.
#include "lang/asl/data_flow/jsonpath.h"
#include "lang/asl/data_flow/reference_path.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class ItemsPath final : public Items {
 public:
  // nullptr: the effective input.
  explicit ItemsPath(std::unique_ptr<Expression> path) : path_(std::move(path)) {}

  Evaluated<json::Value> items(Activation& activation, const json::Value& input) const override {
    json::Value items = input;
    if (path_) {
      TRY_ASSIGN(const auto found, path_->find(activation, input, Expression::IndexBehindEnd::nothing));
      if (!found) return std::unexpected(reference_path_conflict(reference(), input));
      items = *found;
    }
    if (items.is_array()) {
      activation.inspect(Stage::items_path, items);
      return items;
    }
    return std::unexpected(Failure{.error = std::string(errors::runtime),
                                   .cause = fmt::format("Reference path \"{}\" must point to array.", reference()),
                                   .framed = false,
                                   .location = {}});
  }

 private:
  // As AWS shows it: from the root of what it leads into.
  std::string_view reference() const {
    if (!path_) return "$";
    const std::string_view text = path_->text();
    return path_->kind() == Expression::Kind::context_path ? text.substr(1) : text;
  }

  std::unique_ptr<Expression> path_;
};

}  // namespace

Result<std::unique_ptr<Items>> jsonpath_items(CompileContext context, const json::Value& state) {
  const json::Value* definition = state.find("ItemsPath");
  if (definition == nullptr || definition->is_null()) return std::make_unique<ItemsPath>(nullptr);
  TRY_ASSIGN(auto path, compile_path(context, "ItemsPath", *definition));
  if (path->is_root()) path = nullptr;
  return std::make_unique<ItemsPath>(std::move(path));
}

}  // namespace stepwell::asl
