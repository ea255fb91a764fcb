# Libtorch::Libtorch: headers, libtorch_cpu and libc10, nothing else.
#
# Torch's own CMake package demands a CUDA toolkit when its binaries were built with CUDA. Our programs link the CPU
# part alone and load libtorch_cuda at run time when a driver is there, so this module looks the files up itself.
# Hints: Torch_DIR (…/share/cmake/Torch; cached or from the environment), Libtorch_ROOT, CMAKE_PREFIX_PATH.
if(NOT Torch_DIR AND DEFINED ENV{Torch_DIR})
  set(Torch_DIR "$ENV{Torch_DIR}" CACHE PATH "share/cmake/Torch of a libtorch" FORCE)
endif()
if(NOT "${Torch_DIR}" STREQUAL "${Libtorch_FROM}") # another libtorch than last time
  unset(Libtorch_INCLUDE_DIR CACHE)
  unset(Libtorch_CPU_LIBRARY CACHE)
  unset(Libtorch_C10_LIBRARY CACHE)
  set(Libtorch_FROM "${Torch_DIR}" CACHE INTERNAL "")
endif()
set(_hints "")
if(Torch_DIR)
  get_filename_component(_hints "${Torch_DIR}/../../.." ABSOLUTE)
endif()

find_path(Libtorch_INCLUDE_DIR ATen/ATen.h HINTS ${_hints} PATH_SUFFIXES include)
find_library(Libtorch_CPU_LIBRARY torch_cpu HINTS ${_hints} PATH_SUFFIXES lib)
find_library(Libtorch_C10_LIBRARY c10 HINTS ${_hints} PATH_SUFFIXES lib)
if(Libtorch_INCLUDE_DIR AND EXISTS "${Libtorch_INCLUDE_DIR}/torch/headeronly/version.h")
  file(STRINGS "${Libtorch_INCLUDE_DIR}/torch/headeronly/version.h" _version REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH)")
elseif(Libtorch_INCLUDE_DIR AND EXISTS "${Libtorch_INCLUDE_DIR}/torch/csrc/api/include/torch/version.h")
  file(STRINGS "${Libtorch_INCLUDE_DIR}/torch/csrc/api/include/torch/version.h" _version
    REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH)")
endif()
if(_version)
  string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*PATCH ([0-9]+).*" "\\1.\\2.\\3" Libtorch_VERSION "${_version}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libtorch
  REQUIRED_VARS Libtorch_CPU_LIBRARY Libtorch_C10_LIBRARY Libtorch_INCLUDE_DIR VERSION_VAR Libtorch_VERSION)

if(Libtorch_FOUND AND NOT TARGET Libtorch::Libtorch)
  get_filename_component(_libdir "${Libtorch_CPU_LIBRARY}" DIRECTORY)
  get_filename_component(_site "${_libdir}/../.." ABSOLUTE)
  # Our fmt (Debian's, or the portable prefix's) must win over the newer copy inside the wheel, or spdlog breaks; a folder that holds only fmt does it.
  set(_fmt_only "${CMAKE_BINARY_DIR}/fmt-only")
  file(MAKE_DIRECTORY "${_fmt_only}")
  find_path(_fmt_include fmt/core.h)
  if(_fmt_include)
    file(CREATE_LINK "${_fmt_include}/fmt" "${_fmt_only}/fmt" SYMBOLIC)
  endif()
  unset(_fmt_include CACHE)

  add_library(Libtorch::c10 UNKNOWN IMPORTED)
  set_target_properties(Libtorch::c10 PROPERTIES IMPORTED_LOCATION "${Libtorch_C10_LIBRARY}")
  add_library(Libtorch::Libtorch UNKNOWN IMPORTED)
  set_target_properties(Libtorch::Libtorch PROPERTIES
    IMPORTED_LOCATION "${Libtorch_CPU_LIBRARY}"
    INTERFACE_LINK_LIBRARIES Libtorch::c10
    INTERFACE_INCLUDE_DIRECTORIES
      "${_fmt_only};${Libtorch_INCLUDE_DIR};${Libtorch_INCLUDE_DIR}/torch/csrc/api/include")
  # at::parallel_for is code in a header: without OpenMP in our own files it would run on one thread. libgomp is the
  # wheel's own, so that there is one pool of threads. (Clang would need another run time: there it stays serial.)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    file(GLOB _openmp "${_libdir}/libgomp*.so*")
    set_property(TARGET Libtorch::Libtorch APPEND PROPERTY INTERFACE_COMPILE_OPTIONS -fopenmp)
    set_property(TARGET Libtorch::Libtorch APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${_openmp})
    if(NOT _openmp)
      set_property(TARGET Libtorch::Libtorch APPEND PROPERTY INTERFACE_LINK_LIBRARIES gomp)
    endif()
  endif()
  # libtorch_cpu names the CUDA run-time wheels beside it; the linker must find them, the loader does through RUNPATH.
  file(GLOB _nvidia "${_site}/nvidia/cu*/lib" "${_site}/nvidia/*/lib")
  set(_rpath_link "")
  foreach(_dir IN LISTS _nvidia _libdir)
    list(APPEND _rpath_link "-Wl,-rpath-link,${_dir}")
  endforeach()
  set_property(TARGET Libtorch::Libtorch PROPERTY INTERFACE_LINK_OPTIONS "${_rpath_link}")
endif()
mark_as_advanced(Libtorch_INCLUDE_DIR Libtorch_CPU_LIBRARY Libtorch_C10_LIBRARY)
