#include "store/errors.h"

#include <fmt/format.h>

namespace stepwell::store {
namespace {

constexpr std::string_view data_format_unknown_code = "DataFormatUnknown";

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
  return storage_error(storage_corrupted_code, fmt::format("Stored data is damaged: {}.", cause),
                       "Restore the data directory from a backup (stepwell restore) and check the volume it is on.");
}

Error log_corrupted(std::string_view place) {
  return storage_error(
      storage_corrupted_code,
      fmt::format("Stored data is damaged: the log {} cannot be read, and acknowledged writes stand "
                  "behind that place.",
                  place),
      "Restore the data directory from a backup (stepwell restore) and check the volume it is on. To go "
      "on from what was written before the damage, and lose what was written after it, start once with "
      "--sync interval.");
}

Error data_directory_locked(std::string_view directory, std::string_view holder) {
  return storage_error("DataDirectoryLocked", fmt::format("The data directory {} is in use by {}.", directory, holder),
                       "Stop that process, or choose another directory with --data-dir.");
}

Error data_format_newer(std::string_view place, std::uint64_t found, std::uint64_t newest) {
  return storage_error(
      data_format_unknown_code,
      fmt::format("The data in {} has format {}, which is newer than this program: it reads formats up "
                  "to {}.",
                  place, found, newest),
      "Use the version of Stepwell that wrote it or a later one, or choose another directory with "
      "--data-dir. Nothing has been changed.");
}

Error data_format_older(std::string_view place, std::uint64_t found, std::uint64_t oldest) {
  return storage_error(
      data_format_unknown_code,
      fmt::format("The data in {} has format {}, which is too old for this program: it upgrades formats "
                  "from {} on.",
                  place, found, oldest),
      "Start a version of Stepwell in between once, which upgrades the data, or choose another "
      "directory with --data-dir. Nothing has been changed.");
}

Error data_format_unreadable(std::string_view place) {
  return storage_error(data_format_unknown_code,
                       fmt::format("The data in {} does not tell its format: Stepwell has not written it, or it is "
                                   "damaged.",
                                   place),
                       "Restore the data directory from a backup (stepwell restore), or choose another one with "
                       "--data-dir. Nothing has been changed.");
}

}  // namespace stepwell::store
