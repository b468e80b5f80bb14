#include "wire/xml_reader.h"

#include "wire/errors.h"

#include <algorithm>
#include <expat.h>
#include <limits>
#include <memory>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr std::size_t max_depth = 100;

// The elements that are open, the root first; below them all a place for the root itself.
struct Document {
  XML_Parser parser;
  std::vector<XmlElement> open{1};
  std::string_view refusal;

  void refuse(std::string_view why) {
    refusal = why;
    XML_StopParser(parser, XML_FALSE);
  }
};

Document& document_of(void* data) { return *static_cast<Document*>(data); }

void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char**) {
  Document& document = document_of(data);
  if (document.open.size() > max_depth) return document.refuse("nested too deeply");
  const std::string_view full = name;
  document.open.push_back({.name = std::string(full.substr(full.find(':') + 1)), .text = {}, .children = {}});
}

void XMLCALL on_end(void* data, const XML_Char*) {
  std::vector<XmlElement>& open = document_of(data).open;
  XmlElement done = std::move(open.back());
  open.pop_back();
  open.back().children.push_back(std::move(done));
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  document_of(data).open.back().text.append(text, static_cast<std::size_t>(size));
}

void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  document_of(data).refuse("has a document type");
}

std::unexpected<Error> no_xml(XML_Parser parser, std::string_view why) {
  return fail(serialization_exception(
      {}, fmt::format("The body is no XML that can be read: {} (line {})", why, XML_GetCurrentLineNumber(parser))));
}

}  // namespace

const XmlElement* XmlElement::child(std::string_view child_name) const {
  const auto found = std::ranges::find(children, child_name, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::child_text(std::string_view child_name) const {
  const XmlElement* found = child(child_name);
  return found == nullptr ? std::string_view{} : found->text;
}

Result<XmlElement> read_xml(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"), &XML_ParserFree);
  if (parser == nullptr || text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return fail(internal_error("No room to read XML"));
  }
  Document document{.parser = parser.get(), .refusal = {}};
  XML_SetUserData(parser.get(), &document);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const XML_Status status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
  if (!document.refusal.empty()) return no_xml(parser.get(), document.refusal);
  if (status != XML_STATUS_OK) return no_xml(parser.get(), XML_ErrorString(XML_GetErrorCode(parser.get())));
  return std::move(document.open.front().children.front());
}

}  // namespace stepwell::wire
