#pragma once
// CHECK(condition): an assertion that stays on in release. It states what the code itself guarantees; it is never used
// on anything a user, a file or the network can influence. On failure the process names the place and stops.

namespace stepwell {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition) ((condition) ? static_cast<void>(0) : ::stepwell::check_failed(#condition, __FILE__, __LINE__))
