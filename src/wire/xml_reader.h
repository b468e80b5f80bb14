#pragma once
// Reading XML into a tree: elements without their namespace prefixes, their text and their children; attributes,
// comments and instructions are left out. A document type is refused, as nothing that we read has one (Expat).

#include "base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::wire {

struct XmlElement {
  std::string name;
  std::string text;  // of its own, without that of its children
  std::vector<XmlElement> children;

  const XmlElement* child(std::string_view child_name) const;      // the first, or nullptr
  std::string_view child_text(std::string_view child_name) const;  // "" when there is none
};

// The root. Error "SerializationException" for what is no XML or nested deeper than 100 elements.
Result<XmlElement> read_xml(std::string_view text);

}  // namespace stepwell::wire
