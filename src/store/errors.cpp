#include "store/errors.h"

#include <fmt/format.h>

namespace stepwell::store {
namespace {

Error storage_error(std::string_view code, std::string message, std::string_view detail) {
  return {
      .fault = Fault::server, .code = std::string(code), .message = std::move(message), .detail = std::string(detail)};
}

}  // namespace

Error storage_full(std::string_view cause) {
  return storage_error(storage_full_code, fmt::format("The storage is full: {}.", cause),
                       "Free space on the volume of the data directory; writing resumes by itself.");
}

Error storage_failed(std::string_view cause) {
  return storage_error("StorageFailed", fmt::format("The storage failed: {}.", cause),
                       "Check the volume of the data directory and start again; nothing more is written until then.");
}

Error rests_on_lost_commit() {
  return storage_error("StorageFailed", "An earlier change that this one rests on could not be stored.", "Try again.");
}

Error storage_corrupted(std::string_view cause) {
  return storage_error("StorageCorrupted", fmt::format("Stored data is damaged: {}.", cause),
                       "Restore the data directory from a backup and check the volume it is on.");
}

Error data_directory_locked(std::string_view directory, std::string_view holder) {
  return storage_error("DataDirectoryLocked", fmt::format("The data directory {} is in use by {}.", directory, holder),
                       "Stop that process, or choose another directory with --data-dir.");
}

Error data_format_unknown(std::string_view place, std::string_view found, std::uint64_t known) {
  return storage_error("DataFormatUnknown",
                       fmt::format("The data in {} has {}; this program reads format {}.", place, found, known),
                       "Use the version of the program that wrote it, or choose another directory with --data-dir.");
}

}  // namespace stepwell::store
