#pragma once
// How much memory a process and its children hold for themselves: resident pages that no file backs. Read from /proc.

#include <cstdint>

namespace stepwell::lambda {

// Bytes; 0 when the process is gone. Looks at a bounded number of processes.
std::uint64_t private_memory(int pid);

}  // namespace stepwell::lambda
