#include "wire/api_model.h"

#include "base/check.h"
#include "lang/json/parse.h"
#include "wire/model_reader.h"
#include "wire/model_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

Result<json::Value> parse_model(json::Arena& arena, std::string_view text) {
  auto root = json::parse(arena, text);
  if (!root) return inconsistent(fmt::format("line {}", root.error().line), root.error().message);
  return std::move(*root);
}

// The object without its operations and all that follows them.
std::string text_of_head(std::string_view text) {
  const std::size_t end = text.substr(0, text.find("\"operations\"")).rfind(',');
  return fmt::format("{}}}", text.substr(0, end));
}

// Of a part of the program.
template <typename T>
T consistent(Result<T> read) {
  if (!read) check_failed(read.error().message.c_str(), __FILE__, __LINE__);
  return std::move(*read);
}

}  // namespace

Result<std::unique_ptr<ApiModel>> ApiModel::load(std::string_view text) {
  json::Arena arena;
  TRY_ASSIGN(const json::Value root, parse_model(arena, text));
  TRY_ASSIGN(ModelHead head, read_model_head(root));
  TRY_ASSIGN(std::unique_ptr<const ModelContent> content, read_model_content(root));
  for (const auto& [name, shape] : content->shapes) {
    if (shape->matcher) TRY(shape->matcher->compile());
  }
  std::unique_ptr<ApiModel> model(new ApiModel(std::move(head)));
  model->content_ = std::move(content);
  return model;
}

std::unique_ptr<const ApiModel> ApiModel::load_embedded(std::string_view text) {
  json::Arena arena;
  const std::string head = text_of_head(text);
  const json::Value root = consistent(parse_model(arena, head));
  std::unique_ptr<ApiModel> model(new ApiModel(consistent(read_model_head(root))));
  model->embedded_ = text;
  return model;
}

const ModelContent& ApiModel::read_embedded() const {
  json::Arena arena;
  content_ = consistent(read_model_content(consistent(parse_model(arena, embedded_))));
  return *content_;
}

const OperationModel* ApiModel::operation(std::string_view name) const {
  const std::vector<OperationModel>& all = operations();
  const auto found = std::ranges::lower_bound(all, name, {}, &OperationModel::name);
  return found == all.end() || found->name != name ? nullptr : &*found;
}

const Shape* ModelContent::shape(std::string_view name) const {
  const auto found = shapes.find(std::string(name));
  return found == shapes.end() ? nullptr : found->second.get();
}

const Shape* ApiModel::exception(std::string_view name_or_code) const {
  const Shape* named = shape(name_or_code);
  if (named != nullptr && named->exception_status != 0) return named;
  const auto& by_code = content().exceptions_by_code;
  const auto found = by_code.find(std::string(name_or_code));
  return found == by_code.end() ? nullptr : found->second;
}

const ShapeMember* Shape::member(std::string_view member_name) const {
  const auto found = std::ranges::find(members, member_name, &ShapeMember::name);
  return found == members.end() ? nullptr : &*found;
}

}  // namespace stepwell::wire
