#include "cdk/doc_tree.h"

#include <glib.h>

/// Something still to be printed.
typedef struct Command {
    Doc *doc;
    long indent;
    DocMode mode;
    size_t from; ///< a fill: the first part that is not printed yet
} Command;

typedef struct Printer {
    GArray *commands; ///< a stack of Command
    GArray *measured; ///< the stack of `fits`, kept to be used again
    GString *out;
    long width;
    long column;
    bool remeasure; ///< a hard line was printed in flat mode: the next group must measure again
} Printer;

static void push(GArray *stack, Doc *doc, long indent, DocMode mode) {
    const Command command = {doc, indent, mode, 0};
    g_array_append_val(stack, command);
}

static Command pop(GArray *stack) {
    const Command command = g_array_index(stack, Command, stack->len - 1);
    g_array_set_size(stack, stack->len - 1);
    return command;
}

static void push_items(GArray *stack, const Command *command) {
    for (size_t i = command->doc->count; i > command->from; i--) {
        push(stack, command->doc->items[i - 1], command->indent, command->mode);
    }
}

static DocMode if_break_mode(const Doc *doc, DocMode mode) {
    return doc->group ? (DocMode)doc->group->mode : mode;
}

/// A group's contents as `fits` measures them: the most broken form of a conditional group takes
/// the least room on the line.
static void push_measured_group(GArray *stack, const Command *command) {
    Doc *doc = command->doc;
    const DocMode mode = doc->breaks ? MODE_BREAK : command->mode;
    Doc *contents =
        doc->count > 0 && mode == MODE_BREAK ? doc->items[doc->count - 1] : doc->contents;
    push(stack, contents, 0, mode);
}

/// Measures one document: takes its width off `*rest`, or pushes what is in it. True when the line
/// ends here.
static bool measure(GArray *stack, const Command *command, long *rest, bool *space) {
    Doc *doc = command->doc;
    switch ((DocKind)doc->kind) {
    case DOC_TEXT:
        if (doc->length > 0) {
            *rest -= doc->width + *space;
            *space = false;
        }
        return false;
    case DOC_LINE:
        if (command->mode == MODE_BREAK || doc->hard) {
            return true;
        }
        *space |= !doc->soft;
        return false;
    case DOC_LIST:
    case DOC_FILL:
        push_items(stack, command);
        return false;
    case DOC_GROUP:
        push_measured_group(stack, command);
        return false;
    case DOC_IF_BREAK:
        push(stack, if_break_mode(doc, command->mode) == MODE_BREAK ? doc->contents : doc->flat, 0,
             command->mode);
        return false;
    case DOC_INDENT:
    case DOC_INDENT_IF_BREAK:
    case DOC_LABEL:
        push(stack, doc->contents, 0, command->mode);
        return false;
    }
    return false;
}

/// Whether `doc`, printed flat, leaves the line within its width up to the next break that may come
/// after it. With `alone` what comes after does not count and nothing in it may be broken.
static bool fits(Printer *printer, Doc *doc, bool alone) {
    if (printer->width >= DOC_NO_LIMIT) {
        return true;
    }
    long rest = printer->width - printer->column;
    bool space = false;
    guint behind = alone ? 0 : printer->commands->len;
    GArray *stack = printer->measured;
    g_array_set_size(stack, 0);
    push(stack, doc, 0, MODE_FLAT);
    while (rest >= 0) {
        if (stack->len == 0) {
            if (behind == 0) {
                return true;
            }
            behind--;
            g_array_append_val(stack, g_array_index(printer->commands, Command, behind));
            continue;
        }
        const Command command = pop(stack);
        if (alone && command.doc->kind == DOC_GROUP && command.doc->breaks) {
            return false;
        }
        if (measure(stack, &command, &rest, &space)) {
            return true;
        }
    }
    return false;
}

static void print_line(Printer *printer, const Command *command) {
    const Doc *doc = command->doc;
    if (command->mode == MODE_FLAT && !doc->hard) {
        if (!doc->soft) {
            g_string_append_c(printer->out, ' ');
            printer->column++;
        }
        return;
    }
    if (command->mode == MODE_FLAT) {
        printer->remeasure = true;
    }
    GString *out = printer->out;
    while (out->len > 0 && out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
    g_string_append_c(out, '\n');
    for (long i = 0; i < command->indent; i++) {
        g_string_append_c(out, ' ');
    }
    printer->column = command->indent;
}

/// Decides how a group is printed and pushes it.
static void print_group(Printer *printer, const Command *command) {
    Doc *doc = command->doc;
    Doc *contents = doc->contents;
    DocMode mode = MODE_BREAK;
    if (command->mode == MODE_FLAT && !printer->remeasure) {
        mode = doc->breaks ? MODE_BREAK : MODE_FLAT;
    } else {
        printer->remeasure = false;
        if (!doc->breaks && fits(printer, contents, false)) {
            mode = MODE_FLAT;
        } else if (doc->count > 0) {
            contents = doc->items[doc->count - 1];
            for (size_t i = 1; !doc->breaks && i + 1 < doc->count; i++) {
                if (fits(printer, doc->items[i], false)) {
                    contents = doc->items[i];
                    mode = MODE_FLAT;
                    break;
                }
            }
        }
    }
    push(printer->commands, contents, command->indent, mode);
    doc->mode = (uint8_t)mode;
}

/// Prints the next content of a fill and the separator behind it, which breaks if what follows it
/// does not fit.
static void print_fill(Printer *printer, const Command *command) {
    Doc **parts = command->doc->items + command->from;
    const size_t count = command->doc->count - command->from;
    if (count == 0) {
        return;
    }
    const bool content_fits = fits(printer, parts[0], true);
    const DocMode content_mode = content_fits ? MODE_FLAT : MODE_BREAK;
    if (count == 1) {
        push(printer->commands, parts[0], command->indent, content_mode);
        return;
    }
    DocMode separator_mode = content_mode;
    if (count > 2) {
        Command remaining = *command;
        remaining.from += 2;
        g_array_append_val(printer->commands, remaining);
        Doc both = {.kind = DOC_LIST, .items = parts, .count = 3};
        separator_mode = fits(printer, &both, true) ? MODE_FLAT : MODE_BREAK;
    }
    push(printer->commands, parts[1], command->indent, separator_mode);
    push(printer->commands, parts[0], command->indent, content_mode);
}

static void print_command(Printer *printer, const Command *command) {
    enum { STEP = 2 };
    Doc *doc = command->doc;
    bool broken = false;
    switch ((DocKind)doc->kind) {
    case DOC_TEXT:
        g_string_append_len(printer->out, doc->text, (gssize)doc->length);
        printer->column += doc->width;
        break;
    case DOC_LINE:
        print_line(printer, command);
        break;
    case DOC_LIST:
        push_items(printer->commands, command);
        break;
    case DOC_FILL:
        print_fill(printer, command);
        break;
    case DOC_INDENT:
        push(printer->commands, doc->contents, command->indent + STEP, command->mode);
        break;
    case DOC_GROUP:
        print_group(printer, command);
        break;
    case DOC_IF_BREAK:
        broken = if_break_mode(doc, command->mode) == MODE_BREAK;
        push(printer->commands, broken ? doc->contents : doc->flat, command->indent, command->mode);
        break;
    case DOC_INDENT_IF_BREAK:
        broken = if_break_mode(doc, command->mode) == MODE_BREAK;
        push(printer->commands, doc->contents, command->indent + (broken ? STEP : 0),
             command->mode);
        break;
    case DOC_LABEL:
        push(printer->commands, doc->contents, command->indent, command->mode);
        break;
    }
}

void doc_print(Doc *doc, long indent, long width, GString *out) {
    Printer printer = {
        .commands = g_array_new(FALSE, FALSE, sizeof(Command)),
        .measured = g_array_new(FALSE, FALSE, sizeof(Command)),
        .out = out,
        .width = width,
        .column = indent,
    };
    push(printer.commands, doc, indent, MODE_BREAK);
    while (printer.commands->len > 0) {
        const Command command = pop(printer.commands);
        print_command(&printer, &command);
    }
    g_array_unref(printer.commands);
    g_array_unref(printer.measured);
}
