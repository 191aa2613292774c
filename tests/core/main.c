/* All tests of the core. */
#include "check.h"

int main(void)
{
    test_octet();
    test_octets16();
    test_utf8();
    test_encoded_word();
    test_field_name();
    test_msg_id();
    test_fold();
    test_mailbox();
    test_errors();
    test_memory();
    test_empty();
    test_bound();
    test_bodies();
    test_parameters();
    test_random();
    test_short_cuts();
    test_known();
    test_octets_together();
    test_8bit_octets_are_counted();
    return summary();
}
