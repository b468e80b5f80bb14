#include "server/console/assets.h"

#include "base/check.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace stepwell::server::console {
namespace {

#ifdef STEPWELL_CONSOLE
// Embedding is C23, which the compiler offers here too.
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr unsigned char files[] = {
#embed "console.pack"
};
std::string_view part(std::size_t offset, std::size_t bytes) {
  return {reinterpret_cast<const char*>(files) + offset, bytes};
}

const auto assets = std::to_array<Asset>({
#define ASSET(path, type, etag, offset, bytes, size) {path, type, etag, part(offset, bytes), size},
#include "console.def"
#undef ASSET
});
#else
constexpr std::array<Asset, 0> assets;
#endif

}  // namespace

const Asset* find_asset(std::string_view path) {
  const auto found = std::ranges::find(assets, path, &Asset::path);
  return found == assets.end() ? nullptr : &*found;
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
