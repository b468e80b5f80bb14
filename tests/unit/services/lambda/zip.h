#pragma once
// Deployment packages for tests, good and bad.

#include <string>
#include <vector>

namespace stepwell::lambda {

struct ZipEntry {
  std::string name;
  std::string text;    // of a file, or a link's target
  int mode = 0100644;  // type and permissions
};

std::string zip_of(const std::vector<ZipEntry>& entries);

inline ZipEntry link_entry(std::string name, std::string target) {
  return {std::move(name), std::move(target), 0120777};
}
inline ZipEntry program_entry(std::string name, std::string text) {
  return {std::move(name), std::move(text), 0100755};
}

}  // namespace stepwell::lambda
