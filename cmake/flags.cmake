# Compiler settings that every target shares. Assertions stay on in every build type.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast -Wextra-semi -Wno-missing-designated-field-initializers -Werror)
add_link_options(-fuse-ld=lld-19)

set(STEPWELL_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
if(STEPWELL_SANITIZE)
  # The function sanitizer cannot express coroutine frames across sections.
  add_compile_options(-fsanitize=${STEPWELL_SANITIZE} -fno-sanitize=function -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${STEPWELL_SANITIZE})
  # The coverage that guides the fuzz targets has to be in the modules themselves.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What ./dev dist builds: `write` makes programs that write down what is run how often; `use` has the linker see the
# whole program and the compiler see what was written down. Both are too slow to build for daily work.
set(STEPWELL_PROFILE "" CACHE STRING "write, use, or nothing")
set(STEPWELL_PROFILE_FILE "${CMAKE_SOURCE_DIR}/build/train/stepwell.profdata")
if(STEPWELL_PROFILE STREQUAL "write")
  add_compile_options(-fprofile-generate)
  add_link_options(-fprofile-generate)
elseif(STEPWELL_PROFILE STREQUAL "use")
  # Code that training never reached, or that is only in the programs of the tests, is no mistake.
  add_compile_options(-flto=thin -fprofile-use=${STEPWELL_PROFILE_FILE} -Wno-profile-instr-unprofiled -Wno-profile-instr-out-of-date -Wno-backend-plugin)
  add_link_options(-flto=thin -fprofile-use=${STEPWELL_PROFILE_FILE} -Wl,--thinlto-cache-dir=${CMAKE_BINARY_DIR}/thinlto)
endif()
