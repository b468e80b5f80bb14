#include "services/states/http/url_encoding.h"

#include "services/states/http/message.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

class Form {
 public:
  explicit Form(ArrayFormat format) : format_(format) {}

  void add(const std::string& name, const json::Value& value) {
    if (value.is_object()) {
      for (const json::Member& member : value.members()) add(fmt::format("{}[{}]", name, member.key), member.value);
    } else if (value.is_array()) {
      add_elements(name, value);
    } else {
      add_parameter(text_, name, value.is_null() ? std::string() : plain_text(value));
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void add_elements(const std::string& name, const json::Value& array) {
    if (format_ == ArrayFormat::commas) {
      std::string joined;
      for (const json::Value& each : array.elements()) joined += (joined.empty() ? "" : ",") + plain_text(each);
      return add_parameter(text_, name, joined);
    }
    std::size_t index = 0;
    for (const json::Value& each : array.elements()) {
      if (format_ == ArrayFormat::repeat) add(name, each);
      if (format_ == ArrayFormat::brackets) add(name + "[]", each);
      if (format_ == ArrayFormat::indices) add(fmt::format("{}[{}]", name, index++), each);
    }
  }

  const ArrayFormat format_;
  std::string text_;
};

}  // namespace

std::optional<ArrayFormat> read_array_format(std::string_view name) {
  if (name.empty() || name == "INDICES") return ArrayFormat::indices;
  if (name == "REPEAT") return ArrayFormat::repeat;
  if (name == "COMMAS") return ArrayFormat::commas;
  if (name == "BRACKETS") return ArrayFormat::brackets;
  return std::nullopt;
}

std::string url_encoded(const json::Value& object, ArrayFormat format) {
  Form form(format);
  for (const json::Member& member : object.members()) form.add(std::string(member.key), member.value);
  return form.take();
}

}  // namespace stepwell::states
