#include "wire/model_reader.h"
#include "wire/model_text.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr std::array shape_types = {
    Named{"structure", ShapeType::structure},
    Named{"list", ShapeType::list},
    Named{"map", ShapeType::map},
    Named{"string", ShapeType::string},
    Named{"boolean", ShapeType::boolean},
    Named{"integer", ShapeType::integer},
    Named{"long", ShapeType::long_integer},
    Named{"float", ShapeType::float_number},
    Named{"double", ShapeType::double_number},
    Named{"timestamp", ShapeType::timestamp},
    Named{"blob", ShapeType::blob},
    Named{"document", ShapeType::document},
};
constexpr std::array locations = {
    Named{"body", Location::body},     Named{"uri", Location::uri},         Named{"query", Location::query},
    Named{"header", Location::header}, Named{"payload", Location::payload}, Named{"status", Location::status},
};
constexpr std::array units = {Named{"characters", LengthUnit::characters}, Named{"bytes", LengthUnit::utf8_bytes}};

bool is_true(const json::Value* value) { return value != nullptr && value->is_boolean() && value->as_boolean(); }

class ContentReader {
 public:
  Result<std::unique_ptr<const ModelContent>> read(const json::Value& root);

 private:
  Result<void> read_shapes(const json::Value& shapes);
  Result<void> read_shape(Shape& shape, const json::Value& text);
  Result<void> read_names(Shape& shape, const json::Value& text);
  Result<void> read_exception(Shape& shape, const json::Value& text);
  Result<void> read_limits(Shape& shape, const json::Value& text);
  Result<void> read_members(Shape& shape, const json::Value& text);
  Result<ShapeMember> read_member(std::string_view structure, const json::Member& text);
  Result<void> read_operations(const json::Value& operations);
  Result<OperationModel> read_operation(const json::Member& text);
  Result<void> read_binding(OperationModel& operation, const json::Value* http);
  Result<const Shape*> referred(const json::Value& object, std::string_view key, std::string_view where);
  Result<const Shape*> input_or_output(const json::Value& object, std::string_view key, std::string_view where);

  std::unique_ptr<ModelContent> content_ = std::make_unique<ModelContent>();
};

Result<std::unique_ptr<const ModelContent>> ContentReader::read(const json::Value& root) {
  TRY_ASSIGN(const json::Value* shapes, read_object(root, "shapes"));
  TRY_ASSIGN(const json::Value* operations, read_object(root, "operations"));
  TRY(read_shapes(*shapes));
  TRY(read_operations(*operations));
  return std::move(content_);
}

// Shapes refer to each other, so all names exist before the first is read.
Result<void> ContentReader::read_shapes(const json::Value& shapes) {
  TRY(check_order(shapes, "shapes"));
  for (const json::Member& shape : shapes.members()) {
    const auto& made = content_->shapes.emplace(shape.key, std::make_unique<Shape>()).first;
    made->second->name = shape.key;
  }
  for (const json::Member& shape : shapes.members()) {
    TRY(read_shape(*content_->shapes.at(std::string(shape.key)), shape.value));
  }
  for (const auto& [name, shape] : content_->shapes) {
    if (shape->key != nullptr && shape->key->type != ShapeType::string)
      return inconsistent(name, "its key is no string");
  }
  return {};
}

Result<void> ContentReader::read_shape(Shape& shape, const json::Value& text) {
  static constexpr std::array<std::string_view, 18> known = {
      "type",     "min",     "max",    "unit", "pattern", "enum",      "sensitive",  "exception", "code",
      "required", "members", "member", "key",  "value",   "flattened", "memberName", "keyName",   "valueName"};
  TRY(check_keys(text, known, shape.name));
  TRY_ASSIGN(const std::string type, read_text(text, "type", shape.name));
  TRY_ASSIGN(shape.type, lookup(shape_types, type, shape.name));
  TRY(read_limits(shape, text));
  TRY(read_exception(shape, text));
  TRY(read_names(shape, text));
  shape.sensitive = is_true(text.find("sensitive"));
  if (shape.type == ShapeType::structure) return read_members(shape, text);
  if (shape.type == ShapeType::list) {
    TRY_ASSIGN(shape.element, referred(text, "member", shape.name));
  }
  if (shape.type == ShapeType::map) {
    TRY_ASSIGN(shape.key, referred(text, "key", shape.name));
    TRY_ASSIGN(shape.element, referred(text, "value", shape.name));
  }
  return {};
}

Result<void> ContentReader::read_exception(Shape& shape, const json::Value& text) {
  TRY_ASSIGN(const auto status, read_integer(text, "exception", shape.name));
  shape.exception_status = static_cast<int>(status.value_or(0));
  TRY_ASSIGN(shape.code, read_text(text, "code", shape.name));
  if (shape.code.empty()) return {};
  if (shape.exception_status == 0) return inconsistent(shape.name, "has a code and is no exception");
  if (!content_->exceptions_by_code.emplace(shape.code, &shape).second) {
    return inconsistent(shape.name, fmt::format("shares the code '{}' with another exception", shape.code));
  }
  return {};
}

Result<void> ContentReader::read_names(Shape& shape, const json::Value& text) {
  shape.flattened = is_true(text.find("flattened"));
  TRY_ASSIGN(shape.element_name, read_text(text, "memberName", shape.name));
  TRY_ASSIGN(shape.key_name, read_text(text, "keyName", shape.name, "key"));
  TRY_ASSIGN(shape.value_name, read_text(text, "valueName", shape.name, "value"));
  return {};
}

Result<void> ContentReader::read_limits(Shape& shape, const json::Value& text) {
  TRY_ASSIGN(shape.min, read_integer(text, "min", shape.name));
  TRY_ASSIGN(shape.max, read_integer(text, "max", shape.name));
  if (shape.min && shape.max && *shape.min > *shape.max) return inconsistent(shape.name, "min is above max");
  TRY_ASSIGN(const std::string unit, read_text(text, "unit", shape.name, "characters"));
  TRY_ASSIGN(shape.unit, lookup(units, unit, shape.name));
  TRY_ASSIGN(shape.values, read_texts(text, "enum", shape.name));
  TRY_ASSIGN(shape.pattern, read_text(text, "pattern", shape.name));
  if (shape.type != ShapeType::string && (!shape.values.empty() || !shape.pattern.empty())) {
    return inconsistent(shape.name, "only strings have an enum or a pattern");
  }
  if (shape.pattern.empty() || Pattern::is_trivial(shape.pattern)) return {};
  shape.matcher = std::make_unique<PatternOnDemand>(shape.pattern);
  return {};
}

Result<void> ContentReader::read_members(Shape& shape, const json::Value& text) {
  TRY_ASSIGN(const json::Value* members, read_object(text, "members"));
  for (const json::Member& member : members->members()) {
    TRY_ASSIGN(ShapeMember made, read_member(shape.name, member));
    shape.members.push_back(std::move(made));
  }
  TRY_ASSIGN(const std::vector<std::string> required, read_texts(text, "required", shape.name));
  for (const std::string& name : required) {
    const auto member = std::ranges::find(shape.members, name, &ShapeMember::name);
    if (member == shape.members.end()) return inconsistent(shape.name, fmt::format("requires unknown '{}'", name));
    member->required = true;
  }
  if (std::ranges::count(shape.members, Location::payload, &ShapeMember::location) > 1) {
    return inconsistent(shape.name, "has two payloads");
  }
  return {};
}

// "name": "Shape", or with its place: "name": {"shape": "Shape", "in": "query", "as": "Name"}.
Result<ShapeMember> ContentReader::read_member(std::string_view structure, const json::Member& text) {
  static constexpr std::array<std::string_view, 3> known = {"shape", "in", "as"};
  const std::string where = fmt::format("{}.{}", structure, text.key);
  ShapeMember member;
  member.name = text.key;
  member.location_name = text.key;
  if (text.value.is_string()) {
    member.shape = content_->shape(text.value.as_string());
    return member.shape == nullptr ? inconsistent(where, "has an unknown shape")
                                   : Result<ShapeMember>(std::move(member));
  }
  TRY(check_keys(text.value, known, where));
  TRY_ASSIGN(member.shape, referred(text.value, "shape", where));
  TRY_ASSIGN(const std::string location, read_text(text.value, "in", where, "body"));
  TRY_ASSIGN(member.location, lookup(locations, location, where));
  TRY_ASSIGN(member.location_name, read_text(text.value, "as", where, text.key));
  return member;
}

Result<void> ContentReader::read_operations(const json::Value& operations) {
  TRY(check_order(operations, "operations"));
  for (const json::Member& operation : operations.members()) {
    TRY_ASSIGN(OperationModel made, read_operation(operation));
    content_->operations.push_back(std::move(made));
  }
  return {};
}

Result<OperationModel> ContentReader::read_operation(const json::Member& text) {
  static constexpr std::array<std::string_view, 5> known = {"input", "output", "errors", "http", "hostPrefix"};
  OperationModel operation;
  operation.name = text.key;
  TRY(check_keys(text.value, known, operation.name));
  TRY_ASSIGN(operation.input, input_or_output(text.value, "input", operation.name));
  TRY_ASSIGN(operation.output, input_or_output(text.value, "output", operation.name));
  operation.has_output = text.value.find("output") != nullptr;
  TRY_ASSIGN(operation.errors, read_texts(text.value, "errors", operation.name));
  for (const std::string& error : operation.errors) {
    const Shape* shape = content_->shape(error);
    if (shape == nullptr || shape->exception_status == 0) {
      return inconsistent(operation.name, fmt::format("'{}' is no exception", error));
    }
  }
  TRY_ASSIGN(operation.host_prefix, read_text(text.value, "hostPrefix", operation.name));
  TRY(read_binding(operation, text.value.find("http")));
  return operation;
}

Result<void> ContentReader::read_binding(OperationModel& operation, const json::Value* http) {
  static constexpr std::array<std::string_view, 3> known = {"method", "uri", "status"};
  if (http != nullptr) {
    TRY(check_keys(*http, known, operation.name));
    TRY_ASSIGN(operation.method, read_text(*http, "method", operation.name, "POST"));
    TRY_ASSIGN(operation.uri, read_text(*http, "uri", operation.name, "/"));
    TRY_ASSIGN(const auto status, read_integer(*http, "status", operation.name));
    operation.status = static_cast<int>(status.value_or(200));
  }
  for (const ShapeMember& member : operation.input->members) {
    if (member.location != Location::uri) continue;
    if (!member.required || operation.uri.find(fmt::format("{{{}}}", member.location_name)) == std::string::npos) {
      return inconsistent(operation.name, fmt::format("'{}' is missing in its URI, or not required", member.name));
    }
  }
  for (const Shape* shape : {operation.input, operation.output}) {
    for (const ShapeMember& member : shape->members) {
      const bool in_body = member.location == Location::body || member.location == Location::payload;
      // A list of them in the query is the field many times.
      const bool many = member.location == Location::query && member.shape->type == ShapeType::list &&
                        member.shape->element->is_scalar();
      if (!in_body && !many && !member.shape->is_scalar()) {
        return inconsistent(operation.name, fmt::format("'{}' is no scalar, it travels in the body only", member.name));
      }
    }
  }
  return {};
}

Result<const Shape*> ContentReader::referred(const json::Value& object, std::string_view key, std::string_view where) {
  TRY_ASSIGN(const std::string name, read_text(object, key, where));
  const Shape* shape = content_->shape(name);
  if (shape == nullptr) return inconsistent(where, fmt::format("'{}' names the unknown shape '{}'", key, name));
  return shape;
}

// An operation without an input or output has the empty structure there.
Result<const Shape*> ContentReader::input_or_output(const json::Value& object, std::string_view key,
                                                    std::string_view where) {
  static const Shape nothing;
  if (object.find(key) == nullptr) return &nothing;
  TRY_ASSIGN(const Shape* shape, referred(object, key, where));
  if (shape->type != ShapeType::structure) return inconsistent(where, fmt::format("its {} is no structure", key));
  return shape;
}

}  // namespace

Result<std::unique_ptr<const ModelContent>> read_model_content(const json::Value& root) {
  return ContentReader().read(root);
}

}  // namespace stepwell::wire
