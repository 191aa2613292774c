/* check.h - what the core's own tests share: a check that counts, and texts on the heap, where a
 * sanitizer sees every octet read past their end. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msgidpolicy.h"

extern int checks, failures;

#define CHECK(condition) check((condition) != 0, #condition, __FILE__, __LINE__)

void check(int holds, const char *condition, const char *file, int line);

/* Print how many there were; what main() returns. */
int summary(void);

/* A copy of the string's octets, of exactly that size. */
mip_text heap_text(const char *string);
mip_text heap_octets(const char *octets, size_t size);
void free_text(mip_text text);

/* An output that grows on the heap; it refuses the call to grow() numbered `refused`, from 1 on. */
typedef struct {
    mip_output output;
    int calls, refused;
} heap_output;

heap_output new_output(void);
void free_output(heap_output *output);

/* A number below the limit: the same ones in every run. */
unsigned random_below(unsigned limit);

/* A random body of pieces that the grammar cares for, on the heap. */
mip_text body_of_pieces(void);

/* The style of email.policy.SMTP. */
mip_style smtp_style(void);

/* What octets16.h has without vector instructions. */
unsigned plain_spaces(const char *octets);
unsigned plain_8bit(const char *octets);
int plain_are_usual(const char *octets);
int plain_any_control_or_question(const char *octets);

void test_octet(void);
void test_octets16(void);
void test_utf8(void);
void test_encoded_word(void);
void test_field_name(void);
void test_msg_id(void);
void test_fold(void);
void test_mailbox(void);
void test_errors(void);
void test_memory(void);
void test_empty(void);
void test_bound(void);
void test_bodies(void);
void test_parameters(void);
void test_random(void);
void test_short_cuts(void);
void test_known(void);
void test_octets_together(void);
void test_8bit_octets_are_counted(void);

#endif
