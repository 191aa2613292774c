/* octets16.h without vector instructions. */
#define MIP_PLAIN
#include "lex/octets16.h"

#include "check.h"

unsigned plain_spaces(const char *octets)
{
    return octets16_spaces(octets);
}

unsigned plain_8bit(const char *octets)
{
    return octets16_8bit(octets);
}

int plain_are_usual(const char *octets)
{
    return octets16_are_usual(octets);
}

int plain_any_control_or_question(const char *octets)
{
    return octets16_any_control_or_question(octets);
}
