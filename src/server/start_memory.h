#pragma once
// What a start needs once and a server never again.

namespace stepwell::server {

// Takes the pages of the program and of its libraries out of this process that nothing has changed: most were touched
// by the start alone. Those that are needed come back from the kernel's cache of files, at less than a microsecond
// each. Under a debugger nothing happens: its breakpoints are in such pages.
void give_back_start_memory();

}  // namespace stepwell::server
