# find_package(Depotc): the program depotc, as DEPOTC_EXECUTABLE, and depot_compile().
#
# depot_compile(NAME [SOURCES FILE…] [OUTPUT FOLDER] [TARGETS cfn cdk] [ARGUMENTS …])
#   Adds a target NAME, built by default, that runs `depotc build` for the sources (none: the project around the
#   current source folder) whenever something changes that it read. The output goes to OUTPUT (default: the folder NAME
#   in the current binary folder).

# This file is in share/cmake/Depotc.
find_program(DEPOTC_EXECUTABLE depotc HINTS "${CMAKE_CURRENT_LIST_DIR}/../../../bin")
if(NOT DEPOTC_EXECUTABLE)
    set(Depotc_FOUND FALSE)
    set(Depotc_NOT_FOUND_MESSAGE "the program depotc was not found")
    return()
endif()

function(depot_compile name)
    cmake_parse_arguments(PARSE_ARGV 1 given "" "OUTPUT" "SOURCES;TARGETS;ARGUMENTS")
    if(given_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "depot_compile: what is `${given_UNPARSED_ARGUMENTS}`?")
    endif()
    set(output "${given_OUTPUT}")
    if(NOT output)
        set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}")
    endif()
    set(targets)
    foreach(target IN LISTS given_TARGETS)
        list(APPEND targets --target ${target})
    endforeach()
    set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${name}.stamp")
    set(depfile "${CMAKE_CURRENT_BINARY_DIR}/${name}.d")
    # Files are named from the folder that depotc runs in; CMake wants them from the binary folder, or absolute.
    set(sources)
    foreach(source IN LISTS given_SOURCES)
        get_filename_component(source "${source}" ABSOLUTE)
        list(APPEND sources "${source}")
    endforeach()
    if(NOT sources)
        set(sources "${CMAKE_CURRENT_SOURCE_DIR}")
    endif()
    add_custom_command(OUTPUT "${stamp}"
        COMMAND "${DEPOTC_EXECUTABLE}" build ${sources} --out "${output}" ${targets} ${given_ARGUMENTS}
            --depfile "${depfile}" --depfile-target "${stamp}"
        COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
        DEPENDS ${given_SOURCES} "${DEPOTC_EXECUTABLE}"
        DEPFILE "${depfile}"
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
        COMMENT "depotc: ${name}"
        VERBATIM)
    add_custom_target(${name} ALL DEPENDS "${stamp}")
endfunction()
