#pragma once
// What can go wrong with storage. All are the server's fault; the message says what happened, `detail` what to do.

#include "base/error.h"

#include <cstdint>
#include <string_view>

namespace stepwell::store {

inline constexpr std::string_view storage_full_code = "StorageFull";

Error storage_full(std::string_view cause);
Error storage_failed(std::string_view cause);
Error rests_on_lost_commit();
Error storage_corrupted(std::string_view cause);  // the cause names the file
Error data_directory_locked(std::string_view directory, std::string_view holder);
Error data_format_unknown(std::string_view place, std::string_view found, std::uint64_t known);

}  // namespace stepwell::store
