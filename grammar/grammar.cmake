# depot_grammar(TARGET): generates the lexer and the parser from depot.l, depot.y and tokens.def and
# adds them to TARGET, with the include paths they and their users need.
#
# The token table is read when CMake runs; a change to it runs CMake again.

find_package(FLEX REQUIRED)
find_package(BISON 3.8 REQUIRED)

set(DEPOT_GRAMMAR_DIR "${CMAKE_CURRENT_LIST_DIR}")

# Sets DEPOT_PUNCTUATION_RULES (for flex) and DEPOT_TOKENS (for bison) in the caller.
function(depot_read_tokens table)
  file(READ "${table}" text)
  # CMake would read these three as list syntax when it goes through the lines.
  string(REPLACE ";" "<semicolon>" text "${text}")
  string(REPLACE "[" "<open>" text "${text}")
  string(REPLACE "]" "<close>" text "${text}")
  string(REPLACE "\n" ";" lines "${text}")
  set(rules "")
  set(tokens "")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "^TOKEN\\(([A-Z_]+), (NULL|\"[^\"]*\"), \"[^\"]*\", (CLASS_[A-Z]+)\\)$")
      continue()
    endif()
    set(id "${CMAKE_MATCH_1}")
    set(spelling "${CMAKE_MATCH_2}")
    set(class "${CMAKE_MATCH_3}")
    if(class STREQUAL "CLASS_PUNCT")
      string(APPEND rules "${spelling} { PUNCTUATOR(TOK_${id}); }\n")
    endif()
    # The end of the file is bison's own token 0.
    if(id STREQUAL "END")
      continue()
    elseif(class MATCHES "PUNCT|KEYWORD")
      string(APPEND tokens "%token <token> ${id} ${spelling}\n")
    else()
      string(APPEND tokens "%token <token> ${id}\n")
    endif()
  endforeach()
  foreach(variable rules tokens)
    string(REPLACE "<semicolon>" ";" ${variable} "${${variable}}")
    string(REPLACE "<open>" "[" ${variable} "${${variable}}")
    string(REPLACE "<close>" "]" ${variable} "${${variable}}")
  endforeach()
  set(DEPOT_PUNCTUATION_RULES "${rules}" PARENT_SCOPE)
  set(DEPOT_TOKENS "${tokens}" PARENT_SCOPE)
endfunction()

function(depot_grammar target)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/grammar")
  set(table "${DEPOT_GRAMMAR_DIR}/tokens.def")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
  depot_read_tokens("${table}")
  configure_file("${DEPOT_GRAMMAR_DIR}/depot.l" "${out}/depot.l" @ONLY)
  configure_file("${DEPOT_GRAMMAR_DIR}/depot.y" "${out}/depot.y" @ONLY)

  add_custom_command(
    OUTPUT "${out}/depot_lexer.c"
    COMMAND "${FLEX_EXECUTABLE}" -o "${out}/depot_lexer.c" "${out}/depot.l"
    DEPENDS "${out}/depot.l"
    COMMENT "flex depot.l" VERBATIM)
  add_custom_command(
    OUTPUT "${out}/depot_parser.c"
    COMMAND "${BISON_EXECUTABLE}" -Wall -Werror -o "${out}/depot_parser.c" "${out}/depot.y"
    DEPENDS "${out}/depot.y"
    COMMENT "bison depot.y" VERBATIM)

  # What the two tools write is not ours to keep free of warnings.
  set_source_files_properties(
    "${out}/depot_lexer.c" "${out}/depot_parser.c" PROPERTIES GENERATED ON COMPILE_OPTIONS "-w")
  target_sources(${target} PRIVATE "${out}/depot_lexer.c" "${out}/depot_parser.c")
  target_include_directories(${target} PUBLIC "${DEPOT_GRAMMAR_DIR}" "${DEPOT_GRAMMAR_DIR}/../compiler")
endfunction()
