# SPDX-License-Identifier: GPL-3.0-or-later
# How a layer, a program and a test are declared.

add_library(aisle_flags INTERFACE)
target_compile_options(aisle_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers -Wno-dangling-else)
if(NOT AISLE_SANITIZE)
  # Under sanitizers GCC's flow analysis sees code that is not ours and warns of what cannot happen.
  target_compile_options(aisle_flags INTERFACE -Werror)
endif()
# False alarms of GCC 12 within std::string (its bug 105651).
target_compile_options(aisle_flags INTERFACE -Wno-restrict)
# Without it a function for newer processors multiplies and adds in one step, with one rounding less: a document's score
# would have other bits by how it was found, and the order of equal documents would depend on it.
target_compile_options(aisle_flags INTERFACE -ffp-contract=off)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  # Line tables are enough for stack traces, and much faster to build than full debug information.
  # Optimised is where tests spend their time, which is not in the targets with the property AISLE_IS_COLD.
  target_compile_options(aisle_flags INTERFACE
    $<IF:$<BOOL:$<TARGET_PROPERTY:AISLE_IS_COLD>>,-O0,-O1> -g1 -fno-omit-frame-pointer)
endif()
if(AISLE_SANITIZE)
  target_compile_options(aisle_flags INTERFACE -fsanitize=${AISLE_SANITIZE} -fno-sanitize-recover=all)
  # Tests are what checks: the matchers of GoogleTest take three times as long to compile with all checks.
  target_compile_options(aisle_flags INTERFACE
    $<$<BOOL:$<TARGET_PROPERTY:AISLE_IS_TEST>>:-fno-sanitize=undefined>)
  target_link_options(aisle_flags INTERFACE -fsanitize=${AISLE_SANITIZE})
  if(AISLE_SANITIZE STREQUAL "thread")
    # GCC 12 warns that std::atomic_thread_fence is invisible to TSan wherever Boost or Abseil uses it.
    target_compile_options(aisle_flags INTERFACE -Wno-tsan)
  endif()
endif()

set(aisle_cold_layers server eval cli)
# Where short loops run most of the time. A loop that lies across two lines of the instruction cache takes up to
# twice as long, and where it lies must not depend on what was linked before it.
set(aisle_hot_layers facets indexer query)

# aisle_library(NAME SOURCES a.cc ... HEADERS a.h ... LINKS targets...): one layer. a.cc includes a.h first
# (tools/check_layers.py), which shows that a.h can be compiled alone; headers without a source are compiled by
# the target all_verify_interface_header_sets.
function(aisle_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;LINKS" ${ARGN})
  if(NOT ARG_HEADERS)
    file(GLOB ARG_HEADERS CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  endif()
  set(headers_of_sources ${ARG_HEADERS})
  foreach(header ${ARG_HEADERS})
    string(REGEX REPLACE "\\.h$" ".cc" source ${header})
    if(NOT EXISTS ${source})
      list(REMOVE_ITEM headers_of_sources ${header})
      list(APPEND headers_alone ${header})
    endif()
  endforeach()
  add_library(aisle_${name} STATIC ${ARG_SOURCES})
  add_library(aisle::${name} ALIAS aisle_${name})
  target_sources(aisle_${name} PUBLIC
    FILE_SET headers_alone TYPE HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${headers_alone}
    FILE_SET headers_of_sources TYPE HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${headers_of_sources})
  set_target_properties(aisle_${name} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY headers_alone)
  target_link_libraries(aisle_${name} PUBLIC ${ARG_LINKS} PRIVATE aisle_flags)
  if(name IN_LIST aisle_cold_layers)
    set_target_properties(aisle_${name} PROPERTIES AISLE_IS_COLD ON)
  endif()
  if(name IN_LIST aisle_hot_layers AND CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(aisle_${name} PRIVATE -falign-functions=64)
  endif()
endfunction()

# aisle_test(NAME n SOURCES ... LINKS ... [LABELS fast sanitize tsan slow] [TIMEOUT s])
function(aisle_test)
  cmake_parse_arguments(ARG "" "NAME;TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS fast sanitize)
  endif()
  add_executable(${ARG_NAME}_test ${ARG_SOURCES})
  target_include_directories(${ARG_NAME}_test PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${ARG_NAME}_test PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main aisle_flags)
  # What is tested is built as it ships; the tests themselves need no optimisation.
  target_compile_options(${ARG_NAME}_test PRIVATE -O1)
  set_target_properties(${ARG_NAME}_test PROPERTIES AISLE_IS_COLD ON AISLE_IS_TEST ON)
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
