# Compiler settings shared by every target, and the functions that declare rooms and tests.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON) # an installed program finds the libtorch that it was linked to

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A precompiled header changes its time stamp with every clone; ccache needs to be told that this is harmless.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "CCACHE_NOHASHDIR=1" "${CCACHE}")
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  execute_process(COMMAND "${MOLD}" --version OUTPUT_VARIABLE _mold_version)
  # Version 1 (Debian 12) now and then hangs, or lays out a RELRO segment that the loader refuses.
  if(NOT _mold_version MATCHES "mold 1\\.")
    add_link_options(-fuse-ld=mold)
  endif()
endif()

add_library(moequant_flags INTERFACE)
target_compile_options(moequant_flags INTERFACE -Wall -Wextra -Wpedantic)
target_include_directories(moequant_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(moequant_flags INTERFACE MOEQUANT_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(moequant_flags INTERFACE -fpch-preprocess)
endif()
if(MOEQUANT_ASAN)
  target_compile_options(moequant_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(moequant_flags INTERFACE -fsanitize=address,undefined)
endif()

# moequant_room(NAME [TORCH] SOURCES ... [LINK ...] [PRIVATE_LINK ...]): one folder, one static library moequant_NAME.
# TORCH rooms share one precompiled header of ATen.
function(moequant_room name)
  cmake_parse_arguments(ROOM "TORCH" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  set(target moequant_${name})
  add_library(${target} STATIC ${ROOM_SOURCES})
  target_link_libraries(${target} PUBLIC moequant_flags ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE_LINK})
  if(ROOM_TORCH)
    target_link_libraries(${target} PUBLIC Libtorch::Libtorch)
    if(MOEQUANT_PCH)
      target_precompile_headers(${target} REUSE_FROM moequant_torch_pch)
    endif()
  endif()
endfunction()

# moequant_test(FOLDER NAME [TORCH] [GUI] [SOURCES ...] [LINK ...] [LABELS ...]): tests/FOLDER/NAME.cpp with Qt Test.
function(moequant_test folder name)
  cmake_parse_arguments(TEST "TORCH;GUI" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  set(target ${name})
  add_executable(${target} ${name}.cpp ${TEST_SOURCES})
  set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  target_link_libraries(${target} PRIVATE moequant_flags ${TEST_LINK} Qt6::Test)
  target_compile_definitions(${target} PRIVATE
    MOEQUANT_SOURCE_DIR="${PROJECT_SOURCE_DIR}" MOEQUANT_BINARY_DIR="${PROJECT_BINARY_DIR}/bin")
  if(NOT TEST_GUI)
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS)
  endif()
  if(TEST_TORCH AND MOEQUANT_PCH)
    target_precompile_headers(${target} REUSE_FROM moequant_torch_pch)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  add_test(NAME ${folder}/${name} COMMAND ${target})
  set_tests_properties(${folder}/${name} PROPERTIES
    LABELS "${folder};${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_WAIT_POLICY=passive")
endfunction()
