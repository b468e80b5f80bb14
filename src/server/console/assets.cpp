#include "server/console/assets.h"

#include "base/check.h"

#include <algorithm>

#include <zlib.h>

namespace stepwell::server::console {

const Asset* find_asset(std::string_view path) {
  const std::span<const Asset> all = assets();
  const auto found = std::ranges::find(all, path, &Asset::path);
  return found == all.end() ? nullptr : &*found;
}

std::string uncompressed(const Asset& asset) {
  std::string file(asset.size, '\0');
  z_stream stream{};
  std::string packed(asset.gzip);  // zlib takes no constant bytes
  stream.next_in = reinterpret_cast<unsigned char*>(packed.data());
  stream.avail_in = static_cast<unsigned>(packed.size());
  stream.next_out = reinterpret_cast<unsigned char*>(file.data());
  stream.avail_out = static_cast<unsigned>(file.size());
  constexpr int gzip_header = 16;
  CHECK(inflateInit2(&stream, MAX_WBITS + gzip_header) == Z_OK);
  const int ended = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  CHECK(ended == Z_STREAM_END);
  return file;
}

}  // namespace stepwell::server::console
