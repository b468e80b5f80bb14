# The web console (console/) as a part of the program: one file of compressed files, and the table of what is where in it.
option(STEPWELL_CONSOLE "Build the web console into the program; needs node and npm" ON)

# stepwell_embed_console(TARGET)
#
# All presets share what is built, in build/console; it is built again when the console's sources have changed.
function(stepwell_embed_console target)
  set(sources "${CMAKE_SOURCE_DIR}/console")
  set(built "${CMAKE_SOURCE_DIR}/build/console")
  set(embedding "${CMAKE_CURRENT_BINARY_DIR}/console_assets.cpp")
  if(STEPWELL_CONSOLE)
    set(with_console 1)
  else()
    set(with_console 0)
  endif()
  configure_file("${CMAKE_SOURCE_DIR}/cmake/console_assets.cpp.in" "${embedding}" @ONLY)
  target_sources(${target} PRIVATE "${embedding}")
  if(NOT STEPWELL_CONSOLE)
    return()
  endif()
  find_program(NODE node)
  find_program(NPM npm)
  if(NOT NODE OR NOT NPM)
    message(FATAL_ERROR "The web console is built with node and npm: install them, or configure with -DSTEPWELL_CONSOLE=OFF")
  endif()
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS "${sources}/src/*" "${sources}/build/*")
  add_custom_command(
    OUTPUT "${built}/console.pack" "${built}/console.def"
    COMMAND "${NODE}" "${sources}/build/main.mjs" "${built}"
    DEPENDS ${inputs} "${sources}/index.html" "${sources}/package.json" "${sources}/package-lock.json"
            "${sources}/vite.config.mjs" "${sources}/tsconfig.json"
    COMMENT "Building the web console"
    VERBATIM)
  target_sources(${target} PRIVATE "${built}/console.pack" "${built}/console.def")
  set_source_files_properties("${embedding}" PROPERTIES OBJECT_DEPENDS "${built}/console.pack;${built}/console.def")
endfunction()
