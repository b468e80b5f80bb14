#include "zip.h"

#include <cstddef>
#include <memory>
#include <sys/types.h>

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

namespace stepwell::lambda {

std::string zip_of(const std::vector<ZipEntry>& entries) {
  std::string bytes;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open(
      writer, &bytes, nullptr,
      [](archive*, void* to, const void* data, std::size_t size) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
        return static_cast<la_ssize_t>(size);
      },
      nullptr);
  for (const ZipEntry& entry : entries) {
    archive_entry* header = archive_entry_new();
    archive_entry_set_pathname(header, entry.name.c_str());
    archive_entry_set_mode(header, static_cast<mode_t>(entry.mode));
    const bool is_link = (entry.mode & 0170000) == 0120000;
    if (is_link)
      archive_entry_set_symlink(header, entry.text.c_str());
    else
      archive_entry_set_size(header, static_cast<la_int64_t>(entry.text.size()));
    EXPECT_EQ(archive_write_header(writer, header), ARCHIVE_OK) << archive_error_string(writer);
    if (!is_link) archive_write_data(writer, entry.text.data(), entry.text.size());
    archive_entry_free(header);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return bytes;
}

}  // namespace stepwell::lambda
