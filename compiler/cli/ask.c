/// Questions at a terminal. What is asked goes to standard error: standard output is for results.
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool ask_possible(void) {
    return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

/// A line of standard input without white space around it, to be freed; NULL: it has ended.
static char *read_line(void) {
    char *line = NULL;
    size_t size = 0;
    const ssize_t length = getline(&line, &size, stdin);
    char *text = length >= 0 ? g_utf8_make_valid(line, length) : NULL;
    free(line);
    if (text == NULL) {
        fputc('\n', stderr);
    }
    return text != NULL ? g_strstrip(text) : NULL;
}

char *ask_text(const char *question, const char *standard) {
    for (;;) {
        fputs(question, stderr);
        if (standard != NULL) {
            fprintf(stderr, " [%s]", standard);
        }
        fputs(": ", stderr);
        fflush(stderr);
        char *line = read_line();
        if (line == NULL || line[0] != '\0') {
            return line;
        }
        g_free(line);
        if (standard != NULL) {
            return g_strdup(standard);
        }
    }
}

/// The value that `word` means: its name, or its number in the list. NULL: none.
static const char *find_value(char **values, const char *word) {
    for (char **value = values; *value != NULL; value++) {
        if (g_ascii_strcasecmp(*value, word) == 0) {
            return *value;
        }
    }
    char *end = NULL;
    const unsigned long number = strtoul(word, &end, 10);
    return *end == '\0' && number >= 1 && number <= g_strv_length(values) ? values[number - 1]
                                                                          : NULL;
}

/// The values that a line means, or NULL after a remark.
static char **read_choice(char **values, const char *line, bool many) {
    g_auto(GStrv) words = g_strsplit_set(line, " ,\t", -1);
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    for (char **word = words; *word != NULL; word++) {
        if ((*word)[0] == '\0') {
            continue;
        }
        const char *value = find_value(values, *word);
        if (value == NULL) {
            fprintf(stderr, "  `%s` is none of them.\n", *word);
            return NULL;
        }
        if (!g_ptr_array_find(chosen, value, NULL)) {
            g_ptr_array_add(chosen, (char *)value);
        }
    }
    if (chosen->len == 0 || (!many && chosen->len != 1)) {
        fputs("  Choose one of them.\n", stderr);
        return NULL;
    }
    g_ptr_array_add(chosen, NULL);
    return g_strdupv((char **)chosen->pdata);
}

char **ask_choice(const char *question, char **values, char **hints, char **standard, bool many,
                  bool required) {
    size_t width = 0;
    for (char **value = values; *value != NULL; value++) {
        width = MAX(width, strlen(*value));
    }
    fprintf(stderr, "%s:\n", question);
    for (size_t i = 0; values[i] != NULL; i++) {
        if (hints != NULL) {
            fprintf(stderr, "  %zu  %-*s  %s\n", i + 1, (int)width, values[i], hints[i]);
        } else {
            fprintf(stderr, "  %zu  %s\n", i + 1, values[i]);
        }
    }
    g_autofree char *shown = standard != NULL ? g_strjoinv(" ", standard) : g_strdup("");
    const bool may_be_none = many && !required;
    const bool none = may_be_none && shown[0] == '\0';
    const char *prompt = may_be_none ? "Names or numbers, `-` for none"
                         : many      ? "Names or numbers"
                                     : "Name or number";
    for (;;) {
        g_autofree char *line = ask_text(prompt, none ? "-" : shown[0] != '\0' ? shown : NULL);
        if (line == NULL) {
            return NULL;
        }
        char **chosen = may_be_none && strcmp(line, "-") == 0 ? g_new0(char *, 1)
                                                              : read_choice(values, line, many);
        if (chosen != NULL) {
            return chosen;
        }
    }
}

bool ask_yes(const char *question, bool standard, bool *ended) {
    for (;;) {
        fprintf(stderr, "%s [%s]: ", question, standard ? "Y/n" : "y/N");
        fflush(stderr);
        g_autofree char *line = read_line();
        *ended = line == NULL;
        if (line == NULL || line[0] == '\0') {
            return line != NULL && standard;
        }
        g_autofree char *answer = g_ascii_strdown(line, -1);
        if (g_str_equal(answer, "y") || g_str_equal(answer, "yes")) {
            return true;
        }
        if (g_str_equal(answer, "n") || g_str_equal(answer, "no")) {
            return false;
        }
        fputs("  Answer y or n.\n", stderr);
    }
}
