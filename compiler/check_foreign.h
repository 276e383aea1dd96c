/// Words that people bring along from TypeScript, Terraform, Bicep, Python and CloudFormation, and
/// what is written here instead.
#ifndef DEPOT_CHECK_FOREIGN_H
#define DEPOT_CHECK_FOREIGN_H

#include "program.h"

/// Tells in a help line of `diagnostic` what stands for the unknown function of `call`
/// (`len(x)`); with a fix if it is called alike. False if nothing is known of it.
bool foreign_function(Compilation *compilation, Diagnostic *diagnostic, const Node *call);
/// The same for a method, `x.toUpperCase()`.
bool foreign_method(Compilation *compilation, Diagnostic *diagnostic, const Node *call);
/// The same for a member that is no call, `x.length`.
bool foreign_member(Compilation *compilation, Diagnostic *diagnostic, const Node *member);
/// The same for the name of a type, `integer`, at `place`.
bool foreign_type(Compilation *compilation, Diagnostic *diagnostic, const char *name, Span place);

#endif
