#pragma once
// What can go wrong with storage. All are the server's fault; the message says what happened, `detail` what to do.

#include "base/error.h"

#include <cstdint>
#include <string_view>

namespace stepwell::store {

inline constexpr std::string_view storage_full_code = "StorageFull";
inline constexpr std::string_view storage_corrupted_code = "StorageCorrupted";

Error storage_full(std::string_view cause);
Error storage_failed(std::string_view cause);
Error rests_on_lost_commit();
Error storage_corrupted(std::string_view cause);  // the cause names the file
Error log_corrupted(std::string_view place);      // file and byte
Error data_directory_locked(std::string_view directory, std::string_view holder);
// "DataFormatUnknown": written by a newer program, by one that is too old, by none.
Error data_format_newer(std::string_view place, std::uint64_t found, std::uint64_t newest);
Error data_format_older(std::string_view place, std::uint64_t found, std::uint64_t oldest);
Error data_format_unreadable(std::string_view place);

}  // namespace stepwell::store
