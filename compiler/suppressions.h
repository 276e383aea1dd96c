/// Suppressions: comments of sources that keep diagnostics off the report, and say why.
///
/// `// depotc-allow D3104: reason` is about the next line with code: of a declaration with
/// decorators about all lines up to the one that it begins on. Behind code it is about its own
/// line. `// depotc-allow-file D3104: reason` is about the whole file. Comments begin with `#` in
/// YAML files.
#ifndef DEPOT_SUPPRESSIONS_H
#define DEPOT_SUPPRESSIONS_H

#include "levels.h"

/// Reads the suppressions among the comments of `source`, which has been scanned. Reports those
/// that are not written as they should be.
void suppressions_read(Compilation *compilation, Source *source);
/// The same for a YAML file.
void suppressions_read_data(Compilation *compilation, Source *source);
/// Whether nothing but a comment can begin at byte `offset` of the YAML file `source`: it stands in
/// no text.
bool suppressions_yaml_comment(const Source *source, uint32_t offset);

/// Holds their ids against those that there are. Call it when all files are read, before rules are
/// judged: from here on errors of users' own rules are suppressed, too.
void suppressions_check(Compilation *compilation, const RuleIds *ids);

#endif
