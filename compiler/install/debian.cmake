# Runs before cpack packs: Debian's zsh looks elsewhere for the completions of packages.
if(CPACK_GENERATOR STREQUAL "DEB")
    file(GLOB_RECURSE files "${CPACK_TEMPORARY_DIRECTORY}/_depotc")
    foreach(file IN LISTS files)
        get_filename_component(folder "${file}" DIRECTORY)
        get_filename_component(zsh "${folder}" DIRECTORY)
        file(RENAME "${folder}" "${zsh}/vendor-completions")
    endforeach()
endif()
