#pragma once
// The members of a structure as elements of XML, by the names that the model gives them, and back.
//
//   {"UserName": "ann", "Tags": [{"Key": "k"}], "Names": {"x": "y"}}
//   <UserName>ann</UserName><Tags><member><Key>k</Key></member></Tags>
//   <Names><entry><key>x</key><value>y</value></entry></Names>

#include "lang/json/value.h"
#include "wire/api_model.h"
#include "wire/xml_reader.h"
#include "wire/xml_writer.h"

namespace stepwell::wire {

// `object` has the shape, a structure; members that are absent or null have no element.
void write_xml_members(XmlWriter& xml, const Shape& shape, const json::Value& object);

// The members that the children of `element` are; nothing in the value refers to the element. What the model does not
// know is left out, a scalar that is no value of its shape stays a string.
json::Value read_xml_members(json::Arena& arena, const Shape& shape, const XmlElement& element);

}  // namespace stepwell::wire
