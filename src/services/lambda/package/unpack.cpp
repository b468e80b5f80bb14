#include "services/lambda/package/unpack.h"

#include "services/lambda/errors.h"
#include "services/lambda/package/paths.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <unordered_set>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

namespace stepwell::lambda {
namespace {

namespace fs = std::filesystem;

Error not_a_package(std::string detail) {
  Error error =
      errors::invalid_parameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  error.detail = std::move(detail);
  return error;
}

Error disk_error(const fs::path& path, int number) {
  return errors::service_exception(
      fmt::format("Cannot write {}: {}", path.string(), std::generic_category().message(number)));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool is_open() const { return descriptor_ >= 0; }
  bool write_at(std::int64_t offset, std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      offset += written;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

 private:
  int descriptor_;
};

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

std::string reason(archive* reader) {
  const char* text = archive_error_string(reader);
  return text == nullptr ? "The archive is damaged." : text;
}

// The first that is there: a name has no form in the program's locale when it is not ASCII.
std::string_view text_of(const char* utf8, const char* raw) {
  if (utf8 != nullptr) return utf8;
  return raw == nullptr ? std::string_view{} : std::string_view(raw);
}

class Unpacker {
 public:
  Unpacker(const fs::path& directory, UnpackLimits limits) : root_(directory), limits_(limits) {}

  Result<void> run(std::string_view zip) {
    const Archive reader(archive_read_new());
    archive_read_support_format_zip_seekable(reader.get());
    if (archive_read_open_memory(reader.get(), zip.data(), zip.size()) != ARCHIVE_OK) {
      return fail(not_a_package(reason(reader.get())));
    }
    TRY(make_directory(""));
    archive_entry* entry = nullptr;
    int status = archive_read_next_header(reader.get(), &entry);
    for (; status == ARCHIVE_OK || status == ARCHIVE_WARN; status = archive_read_next_header(reader.get(), &entry)) {
      TRY(add_entry(reader.get(), entry));
    }
    if (status != ARCHIVE_EOF) return fail(not_a_package(reason(reader.get())));
    if (files_ == 0) return fail(errors::invalid_parameter("Uploaded file must be a non-empty zip"));
    return make_links();
  }

 private:
  struct Link {
    std::string path;
    std::string target;
  };

  Result<void> add_entry(archive* reader, archive_entry* entry) {
    const std::string_view name = text_of(archive_entry_pathname_utf8(entry), archive_entry_pathname(entry));
    const auto path = plain_path(name);
    if (!path) return fail(not_a_package(fmt::format("The name '{}' leads out of the package.", name)));
    switch (archive_entry_filetype(entry)) {
      case AE_IFDIR: return make_directories(*path);
      case AE_IFREG: return write_file(reader, entry, *path);
      case AE_IFLNK: return remember_link(entry, *path);
      default: return fail(not_a_package(fmt::format("'{}' is neither a file nor a directory nor a link.", *path)));
    }
  }

  Result<void> count_entry() {
    if (++entries_ > limits_.entries) {
      return fail(not_a_package(fmt::format("It has more than {} files and directories.", limits_.entries)));
    }
    return {};
  }

  Result<void> count_bytes(std::uint64_t end_of_file) {
    if (end_of_file > limits_.bytes - bytes_) {
      return fail(errors::invalid_parameter(fmt::format("Unzipped size must be smaller than {} bytes", limits_.bytes)));
    }
    return {};
  }

  // `path` and every directory above it.
  Result<void> make_directories(std::string_view path) {
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
      TRY(make_directory(path.substr(0, slash)));
    }
    return path.empty() ? Result<void>{} : make_directory(path);
  }

  Result<void> make_directory(std::string_view path) {
    if (!directories_.emplace(path).second) return {};
    TRY(count_entry());
    std::error_code failure;
    const fs::path full = root_ / path;
    const bool made = fs::create_directory(full, failure);
    if (failure) return fail(conflict_or_disk_error(full, failure.value()));
    if (!made && path.empty()) return fail(disk_error(full, EEXIST));
    return {};
  }

  // A name that stands both for a file and for a directory is the package's fault.
  static Error conflict_or_disk_error(const fs::path& path, int number) {
    if (number == EEXIST || number == ENOTDIR || number == EISDIR) {
      return not_a_package(fmt::format("'{}' is both a file and a directory.", path.filename().string()));
    }
    return disk_error(path, number);
  }

  Result<void> make_parent(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? Result<void>{} : make_directories(path.substr(0, slash));
  }

  Result<void> write_file(archive* reader, archive_entry* entry, const std::string& path) {
    TRY(count_entry());
    TRY(make_parent(path));
    const mode_t mode = (archive_entry_perm(entry) & 0111U) != 0 ? 0555 : 0444;
    const fs::path full = root_ / path;
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int descriptor = ::open(full.c_str(), flags, mode);
    // Of two entries with one name the last counts.
    if (descriptor < 0 && errno == EEXIST && ::unlink(full.c_str()) == 0) {
      descriptor = ::open(full.c_str(), flags, mode);
    }
    const File file(descriptor);
    if (!file.is_open()) return fail(conflict_or_disk_error(full, errno));
    TRY(write_data(reader, file, full));
    ++files_;
    return {};
  }

  Result<void> write_data(archive* reader, const File& file, const fs::path& full) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    std::uint64_t end = 0;
    int status = archive_read_data_block(reader, &block, &size, &offset);
    for (; status == ARCHIVE_OK; status = archive_read_data_block(reader, &block, &size, &offset)) {
      end = std::max(end, static_cast<std::uint64_t>(offset) + size);
      TRY(count_bytes(end));
      if (!file.write_at(offset, {static_cast<const char*>(block), size})) return fail(disk_error(full, errno));
    }
    // A warning is a check sum that does not fit.
    if (status != ARCHIVE_EOF) return fail(not_a_package(reason(reader)));
    bytes_ += end;
    return {};
  }

  Result<void> remember_link(archive_entry* entry, const std::string& path) {
    const std::string_view target = text_of(archive_entry_symlink_utf8(entry), archive_entry_symlink(entry));
    if (path.empty() || !link_stays_inside(path, target)) {
      return fail(not_a_package(fmt::format("The link '{}' points out of the package.", path)));
    }
    TRY(count_entry());
    TRY(make_parent(path));
    links_.push_back({path, std::string(target)});
    return {};
  }

  // At the end: while files are written there is no link that could be followed.
  Result<void> make_links() {
    for (const auto& [path, target] : links_) {
      const fs::path full = root_ / path;
      if (::symlink(target.c_str(), full.c_str()) != 0) return fail(conflict_or_disk_error(full, errno));
    }
    return {};
  }

  const fs::path& root_;
  const UnpackLimits limits_;
  std::uint64_t bytes_ = 0;
  std::size_t entries_ = 0;
  std::size_t files_ = 0;
  std::unordered_set<std::string> directories_;
  std::vector<Link> links_;
};

}  // namespace

Result<void> unpack(std::string_view zip, const fs::path& directory, UnpackLimits limits) {
  if (zip.empty()) return fail(errors::invalid_parameter("Uploaded file must be a non-empty zip"));
  auto result = Unpacker(directory, limits).run(zip);
  if (!result) {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }
  return result;
}

}  // namespace stepwell::lambda
