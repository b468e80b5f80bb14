# stepwell_module(NAME [PCH header] [DEPENDS target...])
#
# A module is a folder below src/ and a target of the same name. Every .cpp in the folder (and, unless a sub-folder is a
# module of its own, below it) belongs to it: adding a file needs no change here. Unit tests stand in tests/unit/<folder>.
function(stepwell_module name)
  cmake_parse_arguments(arg "" "PCH" "DEPENDS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  # Folders that are modules themselves have their own CMakeLists.txt.
  file(GLOB_RECURSE nested "${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt")
  foreach(list_file ${nested})
    get_filename_component(folder "${list_file}" DIRECTORY)
    list(FILTER sources EXCLUDE REGEX "^${folder}/")
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${name} PUBLIC ${arg_DEPENDS})
    if(arg_PCH)
      target_precompile_headers(${name} PRIVATE ${arg_PCH})
    elseif(NOT name STREQUAL "base")
      target_precompile_headers(${name} REUSE_FROM base)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${name} INTERFACE ${arg_DEPENDS})
  endif()
endfunction()

# stepwell_service(NAME DEPENDS target...)
#
# The module of an AWS service: its api.json becomes part of the program, as the `model()` that its model.h declares.
function(stepwell_service name)
  stepwell_module(${name} ${ARGN})
  set(model "${CMAKE_CURRENT_BINARY_DIR}/model.cpp")
  configure_file("${CMAKE_SOURCE_DIR}/cmake/model.cpp.in" "${model}" @ONLY)
  set_source_files_properties("${model}" PROPERTIES OBJECT_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/api.json")
  target_sources(${name} PRIVATE "${model}")
endfunction()
