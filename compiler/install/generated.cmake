# cmake -DDEPOTC=PROGRAM -DFOLDER=DIR -P generated.cmake: writes what depotc makes of its tables of verbs
# and options, at the places below share/ where manual pages and completions are found.

function(depotc_writes file)
    execute_process(COMMAND ${DEPOTC} ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE ${FOLDER}/${file} "${text}")
    set(text "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${FOLDER}) # pages of verbs that are gone
depotc_writes(man/man1/depotc.1 help --man)
# The page of depotc lists the verbs, each in a line of its own.
string(REGEX MATCHALL "\n.fBdepotc.-[a-z-]+" verbs "${text}")
foreach(verb IN LISTS verbs)
    string(REGEX REPLACE "^.*-" "" verb "${verb}")
    depotc_writes(man/man1/depotc-${verb}.1 help --man ${verb})
endforeach()
depotc_writes(bash-completion/completions/depotc completion bash)
depotc_writes(zsh/site-functions/_depotc completion zsh)
depotc_writes(fish/vendor_completions.d/depotc.fish completion fish)
