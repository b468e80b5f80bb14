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
