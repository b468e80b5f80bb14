#pragma once
// Starts a program the way ProcessSpec says: see net/process.h for what it gets.
//
// The child borrows the parent's memory until it runs the program (clone with CLONE_VM and CLONE_VFORK, as posix_spawn
// does): the cost does not grow with the parent's memory, and a failure of any step is seen at once.

#include "base/process.h"
#include "net/file_descriptor.h"

#include <sys/types.h>

namespace stepwell::net {

struct Spawned {
  pid_t pid = 0;
  FileDescriptor pidfd;   // readable when the program has ended
  FileDescriptor output;  // standard output and standard error, non-blocking
};

// Error "ProcessNotStarted".
Result<Spawned> spawn(const ProcessSpec& spec);

}  // namespace stepwell::net
