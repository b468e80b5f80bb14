#pragma once
// The files of the web console, as they are built from console/ and embedded, compressed. None where the program was
// built without it.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::server::console {

struct Asset {
  std::string_view path;  // below /_stepwell/console/: "index.html", "assets/index-B1x.js"
  std::string_view type;
  std::string_view etag;  // with its quotation marks
  std::string_view gzip;
  std::size_t size = 0;  // of the file itself
};

// All of them (cmake/console_assets.cpp.in).
std::span<const Asset> assets();

// nullptr: there is no such file.
const Asset* find_asset(std::string_view path);

// For clients that do not take gzip.
std::string uncompressed(const Asset& asset);

}  // namespace stepwell::server::console
