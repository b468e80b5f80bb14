#include "server/command_line.h"

#include <malloc.h>

namespace {

// What requests need for a moment stays with the process, up to these sizes, instead of going back to the kernel and
// coming again page by page.
void keep_memory() {
  ::mallopt(M_TRIM_THRESHOLD, 32 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 4 << 20);
  ::mallopt(M_TOP_PAD, 1 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  return stepwell::server::run_command_line(argc, argv);
}
