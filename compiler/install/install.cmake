# What is installed, and where: the program with its manual pages, completions and explanations
# (component `program`), libdepot for programs of others (component `library`). cpack makes a .deb of
# each, and one archive of both. docs/installation.md is the page for users.

include(GNUInstallDirs)
set(DEPOT_INSTALL_DIR ${CMAKE_CURRENT_LIST_DIR})
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)

# The program.
install(TARGETS depotc)
set(DEPOT_GENERATED ${PROJECT_BINARY_DIR}/share)
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/generated
    COMMAND ${CMAKE_COMMAND} -DDEPOTC=$<TARGET_FILE:depotc> -DFOLDER=${DEPOT_GENERATED}
        -P ${DEPOT_INSTALL_DIR}/generated.cmake
    COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/generated
    DEPENDS depotc ${DEPOT_INSTALL_DIR}/generated.cmake
    COMMENT "Writing manual pages and completions"
    VERBATIM)
add_custom_target(depot_generated ALL DEPENDS ${PROJECT_BINARY_DIR}/generated)
install(DIRECTORY ${DEPOT_GENERATED}/ DESTINATION ${CMAKE_INSTALL_DATADIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
# Whoever passes the program on passes on what is linked into it, with its licences.
set(DEPOT_LICENCES ${PROJECT_BINARY_DIR}/copyright-of-libraries)
file(WRITE ${DEPOT_LICENCES} "depotc is linked with these libraries:\n")
foreach(pair "GLIB_ARCHIVE libglib2.0-dev" "PCRE2_ARCHIVE libpcre2-dev" "YAML_ARCHIVE libyaml-dev" "CJSON_ARCHIVE libcjson-dev")
    separate_arguments(pair)
    list(GET pair 0 archive)
    list(GET pair 1 package)
    if(${archive} AND EXISTS /usr/share/doc/${package}/copyright)
        file(READ /usr/share/doc/${package}/copyright text)
        file(APPEND ${DEPOT_LICENCES} "\n\n======== ${package}\n\n${text}")
    endif()
endforeach()
install(FILES ${DEPOT_LICENCES} DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For projects that are built with CMake and with Bazel: docs/build-tools.md.
install(FILES ${DEPOT_INSTALL_DIR}/cmake/DepotcConfig.cmake DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/Depotc)
install(FILES ${DEPOT_INSTALL_DIR}/bazel/depot.bzl ${DEPOT_INSTALL_DIR}/bazel/depotc.BUILD
    DESTINATION ${CMAKE_INSTALL_DATADIR}/depotc/bazel)

# The explanations of diagnostics, which reports link to. DEPOTC_PAGES names a copy of them elsewhere,
# on a web server for example; without one the links lead to those that are installed with depotc,
# wherever that is moved to, and before it is installed to those in the source tree.
set(DEPOTC_PAGES "" CACHE STRING "URI of the folder of docs/diagnostics for links in reports (default: the installed files)")
# All other documentation is there too: the explanations link to it.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}
    PATTERN generate EXCLUDE)
file(RELATIVE_PATH DEPOTC_DOCUMENTS ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DOCDIR})
# Both from the folder of the program: a program names no folder of the machine that it was built on.
file(REAL_PATH ${PROJECT_BINARY_DIR} DEPOT_REAL_BINARY)
file(REAL_PATH ${PROJECT_SOURCE_DIR} DEPOT_REAL_SOURCE)
file(RELATIVE_PATH DEPOTC_SOURCE_DOCUMENTS ${DEPOT_REAL_BINARY} ${DEPOT_REAL_SOURCE}/docs)
set_source_files_properties(compiler/cli/links.c PROPERTIES COMPILE_DEFINITIONS
    "DEPOTC_PAGES=\"${DEPOTC_PAGES}\";DEPOTC_DOCUMENTS=\"${DEPOTC_DOCUMENTS}\";DEPOTC_SOURCE_DOCUMENTS=\"${DEPOTC_SOURCE_DOCUMENTS}\"")

# libdepot: one archive, with the standard library in it.
add_library(depot_archive STATIC $<TARGET_OBJECTS:depot> $<TARGET_OBJECTS:depot_embedded>)
set_target_properties(depot_archive PROPERTIES
    OUTPUT_NAME depot
    ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/archive
    LINKER_LANGUAGE C)
install(TARGETS depot_archive COMPONENT library)
# With link-time optimisation the objects hold code besides what only the compiler that made them can
# read, and that is left out.
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(depot PRIVATE -ffat-lto-objects)
    target_compile_options(depot_embedded PRIVATE -ffat-lto-objects)
    add_custom_command(TARGET depot_archive POST_BUILD
        COMMAND ${CMAKE_OBJCOPY} --wildcard --remove-section .gnu.lto_* --remove-section .gnu.debuglto_*
            --strip-symbol __gnu_lto_slim $<TARGET_FILE:depot_archive>
        VERBATIM)
endif()
# The headers that programs of others begin with, and those that these include.
set(DEPOT_HEADERS
    compiler/arena.h compiler/compilation.h compiler/diagnostic.h compiler/diagnostics.def compiler/files.h compiler/fmt.h
    compiler/model.h compiler/names.h compiler/project.h compiler/render.h compiler/render_formats.def
    compiler/source.h compiler/token.h compiler/tree.h compiler/value.h emit/backend.h grammar/tokens.def)
list(TRANSFORM DEPOT_HEADERS PREPEND ${PROJECT_SOURCE_DIR}/)
install(FILES ${DEPOT_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/depot COMPONENT library)
file(RELATIVE_PATH DEPOT_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" DEPOT_PREFIX ${DEPOT_PREFIX})
configure_file(${DEPOT_INSTALL_DIR}/libdepot.pc.in ${PROJECT_BINARY_DIR}/libdepot.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/libdepot.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
install(FILES ${PROJECT_SOURCE_DIR}/docs/libdepot/outline.c
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libdepot-dev/examples COMPONENT library)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libdepot-dev RENAME copyright COMPONENT library)

# Packages: cpack -G DEB and cpack -G TGZ, in the folder of a release build.
set(CPACK_PACKAGE_NAME depotc)
set(CPACK_PACKAGE_VENDOR depotc)
set(CPACK_PACKAGE_CONTACT "the authors of depotc")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compiler of .depot, the language that declares Depot environments")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_COMPONENTS_ALL program library)
set(CPACK_STRIP_FILES OFF) # the release build is stripped, and the archive must not be
# Platforms are called as Node.js calls them: the npm package is made of the archives, and chooses by this.
string(TOLOWER ${CMAKE_SYSTEM_NAME} DEPOT_SYSTEM)
string(TOLOWER ${CMAKE_SYSTEM_PROCESSOR} DEPOT_PROCESSOR)
string(REGEX REPLACE "^(x86_64|amd64)$" "x64" DEPOT_PROCESSOR ${DEPOT_PROCESSOR})
string(REGEX REPLACE "^aarch64$" "arm64" DEPOT_PROCESSOR ${DEPOT_PROCESSOR})
set(CPACK_ARCHIVE_FILE_NAME depotc-${PROJECT_VERSION}-${DEPOT_SYSTEM}-${DEPOT_PROCESSOR})
set(CPACK_PACKAGE_FILE_NAME ${CPACK_ARCHIVE_FILE_NAME})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME depotc)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS libxml2) # loaded when XML is written
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libdepot-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "libglib2.0-dev (>= 2.74), libcjson-dev, libyaml-dev")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS libxml2)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "compiler of .depot, the language that declares Depot environments
 It checks programs, and compiles them to CloudFormation templates and CDK projects.")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "compiler of .depot as a library
 The archive, the headers, a pkg-config file and an example.")
set(CPACK_PRE_BUILD_SCRIPTS ${DEPOT_INSTALL_DIR}/debian.cmake)
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
