/// The processor's SHA-256 against GLib's.
#include "sha256.h"

#include <glib.h>

static void assert_sum(const char *text, size_t length) {
    g_autofree char *expected =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    g_autofree char *sum = sha256_of(text, length);
    g_assert_cmpstr(sum, ==, expected);
}

static void test_known(void) {
    g_autofree char *sum = sha256_of("abc", 3);
    g_assert_cmpstr(sum, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// Every way in which a text can end in its last block.
static void test_lengths(void) {
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (char)(i * 37 + 11);
        assert_sum(text, i);
    }
}

static void test_long(void) {
    const size_t length = 1000003;
    g_autofree char *text = g_malloc(length);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)(i * i >> 3);
    }
    assert_sum(text, length);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sha256/known", test_known);
    g_test_add_func("/sha256/lengths", test_lengths);
    g_test_add_func("/sha256/long", test_long);
    return g_test_run();
}
