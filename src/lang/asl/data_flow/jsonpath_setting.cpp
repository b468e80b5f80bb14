// Scalar fields: "Field" is a constant, "FieldPath" an expression. Numbers may come as strings that hold one, as AWS
// takes them.
#include "lang/asl/data_flow/jsonpath.h"
#include "lang/asl/expression.h"
#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

template <typename T>
std::optional<T> parse_whole(std::string_view text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> to_integer(const json::Value& value) {
  if (value.is_number()) return value.as_integer();
  if (value.is_string()) return parse_whole<std::int64_t>(value.as_string());
  return std::nullopt;
}

std::optional<double> to_number(const json::Value& value) {
  if (value.is_number()) return value.as_double();
  if (value.is_string()) return parse_whole<double>(value.as_string());
  return std::nullopt;
}

class Constant final : public Setting {
 public:
  Constant(std::string_view field, const json::Value& value) : field_(field), value_(value) {}

  Evaluated<std::int64_t> integer(Activation&, const json::Value&) const override {
    if (const auto number = to_integer(value_)) return *number;
    return std::unexpected(misfit("integer"));
  }
  Evaluated<double> number(Activation&, const json::Value&) const override {
    if (const auto number = to_number(value_)) return *number;
    return std::unexpected(misfit("float"));
  }
  Evaluated<std::string_view> text(Activation&, const json::Value&) const override {
    if (value_.is_string()) return value_.as_string();
    return std::unexpected(misfit("string"));
  }
  Failure refuse(std::string cause) const override { return runtime_failure(std::move(cause)); }

 private:
  Failure misfit(std::string_view expected) const {
    return runtime_failure(fmt::format("The {} field is not a valid {}: {}", field_, expected, json::print(value_)));
  }
  std::string_view field_;
  json::Value value_;
};

class PathSetting final : public Setting {
 public:
  PathSetting(std::string_view field, std::unique_ptr<Expression> path) : field_(field), path_(std::move(path)) {}

  Evaluated<std::int64_t> integer(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const json::Value value, path_->evaluate(activation, input));
    if (const auto number = to_integer(value)) return *number;
    return std::unexpected(misfit(value, "integer"));
  }
  Evaluated<double> number(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const json::Value value, path_->evaluate(activation, input));
    if (const auto number = to_number(value)) return *number;
    return std::unexpected(misfit(value, "float"));
  }
  Evaluated<std::string_view> text(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const json::Value value, evaluate_field(*path_, activation, input, field_));
    if (value.is_string()) return value.as_string();
    return std::unexpected(misfit(value, "string"));
  }
  Failure refuse(std::string cause) const override { return runtime_failure(std::move(cause)); }

 private:
  Failure misfit(const json::Value& value, std::string_view expected) const {
    const std::string shown = value.is_string() ? std::string(value.as_string()) : json::print(value);
    return runtime_failure(fmt::format("The {} field refers to value \"{}\" which is not a valid {}: {}", field_, shown,
                                       expected, path_->text()));
  }
  std::string_view field_;
  std::unique_ptr<Expression> path_;
};

}  // namespace

Result<std::unique_ptr<Setting>> jsonpath_setting(CompileContext context, const json::Value& state,
                                                  std::string_view field) {
  if (const json::Value* value = state.find(field)) return std::make_unique<Constant>(field, *value);
  const std::string path_field = std::string(field) + "Path";
  for (const json::Member& member : state.members()) {
    if (member.key != path_field) continue;
    TRY_ASSIGN(auto path, compile_path(context, path_field, member.value));
    return std::make_unique<PathSetting>(member.key, std::move(path));
  }
  return nullptr;
}

}  // namespace stepwell::asl
