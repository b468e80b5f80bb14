#include "server/command_line.h"

int main(int argc, char** argv) { return stepwell::server::run_command_line(argc, argv); }
