#include "wire/query_form.h"

#include "lang/json/build.h"
#include "wire/element_names.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/scalar_text.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr std::size_t max_depth = 32;

// All fields at and below one path, which ends before `begin`: behind it stands the next segment of each.
struct Branch {
  std::span<const FormField> fields;
  std::size_t begin;

  bool has_own() const { return !fields.empty() && fields.front().name.size() < begin; }
  std::string_view own() const { return has_own() ? fields.front().value : std::string_view{}; }
  std::string_view path() const { return fields.front().name.substr(0, begin == 0 ? 0 : begin - 1); }

  // Without the fields of the path itself.
  Branch below() const {
    const auto deeper = std::ranges::find_if(fields, [&](const FormField& f) { return f.name.size() >= begin; });
    return {{deeper, fields.end()}, begin};
  }
  // Takes everything that has the same next segment as the first field; there is one, and none of the path itself.
  Branch take_child() {
    const std::string_view segment = next_segment();
    const auto other =
        std::ranges::find_if(fields, [&](const FormField& field) { return segment_at(field.name, begin) != segment; });
    const Branch child{{fields.begin(), other}, begin + segment.size() + 1};
    fields = {other, fields.end()};
    return child;
  }
  std::string_view next_segment() const { return segment_at(fields.front().name, begin); }
};

std::unexpected<Error> malformed(std::string message, const Branch& at) {
  return fail(serialization_exception(std::move(message), fmt::format("At '{}'", at.path())));
}

bool is_number(std::string_view segment) {
  return !segment.empty() && std::ranges::all_of(segment, [](char c) { return c >= '0' && c <= '9'; });
}

class FormReader {
 public:
  explicit FormReader(json::Arena& arena) : arena_(arena) {}

  Result<json::Value> structure(const Shape& shape, const Branch& branch) {
    if (!branch.own().empty()) return malformed("Unexpected complex element termination", branch);
    json::ObjectBuilder object(arena_);
    for (Branch rest = branch.below(); !rest.fields.empty();) {
      const ShapeMember* member = member_by_element(shape, rest.next_segment());
      const Branch child = rest.take_child();
      if (member == nullptr) continue;
      TRY_ASSIGN(const json::Value read, value(*member->shape, child));
      object.add(member->name, read);
    }
    return object.build();
  }

 private:
  Result<json::Value> value(const Shape& shape, const Branch& branch) {
    if (depth_ == max_depth) return malformed("Nested too deeply", branch);
    ++depth_;
    Result<json::Value> read = value_of_type(shape, branch);
    --depth_;
    return read;
  }

  Result<json::Value> value_of_type(const Shape& shape, const Branch& branch) {
    switch (shape.type) {
      case ShapeType::structure: return structure(shape, branch);
      case ShapeType::list: return list(shape, branch);
      case ShapeType::map: return map(shape, branch);
      default: return scalar(shape, branch);
    }
  }

  Result<json::Value> scalar(const Shape& shape, const Branch& branch) {
    if (!branch.below().fields.empty()) return malformed("Start of list found where not expected", branch);
    return read_scalar(arena_, shape, branch.own());
  }

  Result<json::Value> list(const Shape& shape, const Branch& branch) {
    TRY_ASSIGN(const std::vector<Branch> items, numbered(shape, element_name(shape), branch));
    std::vector<json::Value> elements;
    elements.reserve(items.size());
    for (const Branch& item : items) {
      TRY_ASSIGN(const json::Value read, value(*shape.element, item));
      elements.push_back(read);
    }
    return json::make_array(arena_, elements);
  }

  Result<json::Value> map(const Shape& shape, const Branch& branch) {
    TRY_ASSIGN(const std::vector<Branch> entries, numbered(shape, entry_name, branch));
    json::ObjectBuilder object(arena_);
    for (const Branch& entry : entries) {
      std::optional<Branch> key;
      std::optional<Branch> content;
      for (Branch rest = entry.below(); !rest.fields.empty();) {
        const std::string_view segment = rest.next_segment();
        const Branch child = rest.take_child();
        if (segment == shape.key_name) key = child;
        if (segment == shape.value_name) content = child;
      }
      if (!key || !content) return malformed("Unexpected map entry termination", entry);
      TRY_ASSIGN(const json::Value read, value(*shape.element, *content));
      object.add(key->own(), read);
    }
    return object.build();
  }

  // The elements or entries below `branch`, which are numbered from 1.
  Result<std::vector<Branch>> numbered(const Shape& shape, std::string_view name, const Branch& branch) {
    if (!branch.own().empty()) return malformed("Unexpected list element termination", branch);
    Branch rest = branch.below();
    if (!shape.flattened && !rest.fields.empty()) {
      if (is_number(rest.next_segment())) return malformed("Top level element may not be treated as a list", branch);
      Branch named = rest.next_segment() == name ? rest.take_child() : rest;
      if (!rest.fields.empty()) return malformed("Unexpected list element termination", branch);
      rest = named.below();
    }
    std::vector<Branch> found;
    while (!rest.fields.empty()) {
      if (rest.next_segment() != fmt::to_string(found.size() + 1)) {
        return fail(serialization_exception("Unexpected list element termination",
                                            fmt::format("'{}' has no number {}", branch.path(), found.size() + 1)));
      }
      found.push_back(rest.take_child());
    }
    return found;
  }

  json::Arena& arena_;
  std::size_t depth_ = 0;
};

void write_value(std::string& form, const std::string& path, const Shape& shape, const json::Value& value);

void write_members(std::string& form, const std::string& prefix, const Shape& shape, const json::Value& object) {
  for (const ShapeMember& member : shape.members) {
    const json::Value* value = object.find(member.name);
    if (value == nullptr || value->is_null()) continue;
    write_value(form, prefix + std::string(element_name(member)), *member.shape, *value);
  }
}

void write_scalar(std::string& form, std::string_view path, std::string_view text) {
  fmt::format_to(std::back_inserter(form), "&{}={}", percent_encode(path), percent_encode(text));
}

void write_list(std::string& form, const std::string& path, const Shape& shape, const json::Value& list) {
  const std::string prefix = shape.flattened ? path : fmt::format("{}.{}", path, element_name(shape));
  std::size_t number = 0;
  for (const json::Value& element : list.elements()) {
    write_value(form, fmt::format("{}.{}", prefix, ++number), *shape.element, element);
  }
}

void write_map(std::string& form, const std::string& path, const Shape& shape, const json::Value& map) {
  const std::string prefix = shape.flattened ? path : fmt::format("{}.{}", path, entry_name);
  std::size_t number = 0;
  for (const json::Member& member : map.members()) {
    ++number;
    write_scalar(form, fmt::format("{}.{}.{}", prefix, number, shape.key_name), member.key);
    write_value(form, fmt::format("{}.{}.{}", prefix, number, shape.value_name), *shape.element, member.value);
  }
}

void write_value(std::string& form, const std::string& path, const Shape& shape, const json::Value& value) {
  if (shape.is_scalar()) return write_scalar(form, path, scalar_text(shape, value));
  if (value.size() == 0) return write_scalar(form, path, {});
  switch (shape.type) {
    case ShapeType::list: return write_list(form, path, shape, value);
    case ShapeType::map: return write_map(form, path, shape, value);
    default: break;
  }
  const std::size_t before = form.size();
  write_members(form, path + ".", shape, value);
  if (form.size() == before) write_scalar(form, path, {});
}

}  // namespace

Result<json::Value> read_form_members(json::Arena& arena, const Shape& shape, const std::vector<FormField>& fields) {
  return FormReader(arena).structure(shape, {fields, 0});
}

void write_form_members(std::string& form, const Shape& shape, const json::Value& object) {
  write_members(form, "", shape, object);
}

}  // namespace stepwell::wire
