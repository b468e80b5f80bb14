#pragma once
// Writing XML: elements and text, without attributes but for the namespace of the root. What XML 1.0 cannot hold at all
// (most control characters) becomes U+FFFD.

#include <string>
#include <string_view>

namespace stepwell::wire {

class XmlWriter {
 public:
  void open(std::string_view name);
  void open(std::string_view name, std::string_view xml_namespace);
  void close(std::string_view name);
  void element(std::string_view name, std::string_view text);  // `text` is valid UTF-8

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace stepwell::wire
