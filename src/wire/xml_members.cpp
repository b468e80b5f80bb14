#include "wire/xml_members.h"

#include "lang/json/build.h"
#include "wire/element_names.h"
#include "wire/scalar_text.h"

namespace stepwell::wire {
namespace {

void write_element(XmlWriter& xml, std::string_view name, const Shape& shape, const json::Value& value);

void write_entry(XmlWriter& xml, std::string_view name, const Shape& map, const json::Member& member) {
  xml.open(name);
  xml.element(map.key_name, member.key);
  write_element(xml, map.value_name, *map.element, member.value);
  xml.close(name);
}

// The elements of a list or the entries of a map, each as an element of that name.
void write_items(XmlWriter& xml, std::string_view name, const Shape& shape, const json::Value& value) {
  if (shape.type == ShapeType::list) {
    for (const json::Value& element : value.elements()) write_element(xml, name, *shape.element, element);
  } else {
    for (const json::Member& member : value.members()) write_entry(xml, name, shape, member);
  }
}

void write_element(XmlWriter& xml, std::string_view name, const Shape& shape, const json::Value& value) {
  if (shape.is_scalar()) return xml.element(name, scalar_text(shape, value));
  if (shape.flattened) return write_items(xml, name, shape, value);
  xml.open(name);
  if (shape.type == ShapeType::structure) {
    write_xml_members(xml, shape, value);
  } else {
    write_items(xml, shape.type == ShapeType::list ? element_name(shape) : entry_name, shape, value);
  }
  xml.close(name);
}

json::Value read_element(json::Arena& arena, const Shape& shape, const XmlElement& element);

json::Value read_list(json::Arena& arena, const Shape& shape, const XmlElement& parent, std::string_view name) {
  std::vector<json::Value> elements;
  for (const XmlElement& child : parent.children) {
    if (child.name == name) elements.push_back(read_element(arena, *shape.element, child));
  }
  return json::make_array(arena, elements);
}

json::Value read_map(json::Arena& arena, const Shape& shape, const XmlElement& parent, std::string_view name) {
  json::ObjectBuilder object(arena);
  for (const XmlElement& child : parent.children) {
    const XmlElement* value = child.name == name ? child.child(shape.value_name) : nullptr;
    if (value == nullptr) continue;
    object.add(arena.copy(child.child_text(shape.key_name)), read_element(arena, *shape.element, *value));
  }
  return object.build();
}

json::Value read_items(json::Arena& arena, const Shape& shape, const XmlElement& parent, std::string_view name) {
  return shape.type == ShapeType::list ? read_list(arena, shape, parent, name) : read_map(arena, shape, parent, name);
}

json::Value read_element(json::Arena& arena, const Shape& shape, const XmlElement& element) {
  switch (shape.type) {
    case ShapeType::structure: return read_xml_members(arena, shape, element);
    case ShapeType::list: return read_list(arena, shape, element, element_name(shape));
    case ShapeType::map: return read_map(arena, shape, element, entry_name);
    default: return read_scalar(arena, shape, arena.copy(element.text));
  }
}

}  // namespace

void write_xml_members(XmlWriter& xml, const Shape& shape, const json::Value& object) {
  for (const ShapeMember& member : shape.members) {
    const json::Value* value = object.find(member.name);
    if (value != nullptr && !value->is_null()) write_element(xml, element_name(member), *member.shape, *value);
  }
}

json::Value read_xml_members(json::Arena& arena, const Shape& shape, const XmlElement& element) {
  json::ObjectBuilder object(arena);
  for (const ShapeMember& member : shape.members) {
    const std::string_view name = element_name(member);
    const XmlElement* child = element.child(name);
    if (child == nullptr) continue;
    object.add(member.name, member.shape->flattened ? read_items(arena, *member.shape, element, name)
                                                    : read_element(arena, *member.shape, *child));
  }
  return object.build();
}

}  // namespace stepwell::wire
