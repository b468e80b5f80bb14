#include "wire/xml_writer.h"

namespace stepwell::wire {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

// What stands for a byte that cannot stand for itself; empty: it can.
std::string_view escape_of(char c) {
  switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\t':
    case '\n': return {};
    case '\r': return "&#xD;";  // a reader takes a bare one for the end of a line
    default: return static_cast<unsigned char>(c) < 0x20 ? replacement : std::string_view{};
  }
}

// U+FFFE and U+FFFF are in UTF-8's range and not in XML's.
bool is_outside_xml(std::string_view rest) {
  return rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf");
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool outside = text[i] == '\xef' && is_outside_xml(text.substr(i));
    const std::string_view escape = outside ? replacement : escape_of(text[i]);
    if (escape.empty()) continue;
    out.append(text, plain, i - plain).append(escape);
    if (outside) i += 2;
    plain = i + 1;
  }
  out.append(text, plain);
}

}  // namespace

void XmlWriter::open(std::string_view name) { out_.append("<").append(name).append(">"); }

void XmlWriter::open(std::string_view name, std::string_view xml_namespace) {
  out_.append("<").append(name).append(" xmlns=\"");
  append_escaped(out_, xml_namespace);
  out_.append("\">");
}

void XmlWriter::close(std::string_view name) { out_.append("</").append(name).append(">"); }

void XmlWriter::element(std::string_view name, std::string_view text) {
  open(name);
  append_escaped(out_, text);
  close(name);
}

}  // namespace stepwell::wire
