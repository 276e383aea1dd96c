#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

// The sanitizers' own report says more.
void crash_begin(void) {
}

#else

static void crash_report(int number) {
    static const char message[] =
        "error: depotc has an internal error; this is a defect of depotc, not of your program\n"
        "  = help: please report it with the program that causes it and the output of "
        "`depotc --version`\n";
    (void)number;
    // Only what is safe in a signal handler: no allocation, no buffered output.
    const ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(EXIT_INTERNAL);
}

void crash_begin(void) {
    // A stack of its own, because an overflow of the normal one is among the faults.
    static char spare[16384];
    const stack_t stack = {.ss_sp = spare, .ss_size = sizeof spare};
    sigaltstack(&stack, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = crash_report;
    action.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND);
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        sigaction(faults[i], &action, NULL);
    }
}

#endif
