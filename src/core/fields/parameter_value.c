#include "fields/parameter_value.h"

#include <string.h>

#include "fields/parameter.h"
#include "lex/limits.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/literal.h"
#include "write/gathered.h"
#include "write/writer.h"

enum {
    NUMBER_OCTETS = 20,  /* the most digits of a section's number */
    CHARSET_OCTETS = 12, /* the most octets of a charset that the value does not name: "unknown-8bit" */
    SECTIONS = 10,       /* the most sections of a value, where its lines can stay within 998 octets */
    LEAST_BESIDE = 20,   /* columns for a section's number, and what a character that does not fit leaves over */
    SLACK = 3            /* octets after what is written, which are written to as well */
};

/* " attribute*0*=charset'language'", what fits of the value on a line after that, and ";". */
typedef char value_line[PARAMETER_NAME_OCTETS + NUMBER_OCTETS + CHARSET_OCTETS + 7 + LINE_OCTETS + SLACK];

/* A value to encode. */
typedef struct {
    const parameter *found;
    gathered text;    /* the octets that it stands for */
    mip_text charset; /* of the text */
} extended_value;

/* ext-octet = "%" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")   RFC 2231, 7
 * What each octet is written as: an ext-octet, or itself where it is unreserved (RFC 3986, 2.3). */
static const char percent_encoded[256][4] = {
    "%00", "%01", "%02", "%03", "%04", "%05", "%06", "%07", "%08", "%09", "%0A", "%0B", "%0C", "%0D", "%0E", "%0F",
    "%10", "%11", "%12", "%13", "%14", "%15", "%16", "%17", "%18", "%19", "%1A", "%1B", "%1C", "%1D", "%1E", "%1F",
    "%20", "%21", "%22", "%23", "%24", "%25", "%26", "%27", "%28", "%29", "%2A", "%2B", "%2C", "-",   ".",   "%2F",
    "0",   "1",   "2",   "3",   "4",   "5",   "6",   "7",   "8",   "9",   "%3A", "%3B", "%3C", "%3D", "%3E", "%3F",
    "%40", "A",   "B",   "C",   "D",   "E",   "F",   "G",   "H",   "I",   "J",   "K",   "L",   "M",   "N",   "O",
    "P",   "Q",   "R",   "S",   "T",   "U",   "V",   "W",   "X",   "Y",   "Z",   "%5B", "%5C", "%5D", "%5E", "_",
    "%60", "a",   "b",   "c",   "d",   "e",   "f",   "g",   "h",   "i",   "j",   "k",   "l",   "m",   "n",   "o",
    "p",   "q",   "r",   "s",   "t",   "u",   "v",   "w",   "x",   "y",   "z",   "%7B", "%7C", "%7D", "~",   "%7F",
    "%80", "%81", "%82", "%83", "%84", "%85", "%86", "%87", "%88", "%89", "%8A", "%8B", "%8C", "%8D", "%8E", "%8F",
    "%90", "%91", "%92", "%93", "%94", "%95", "%96", "%97", "%98", "%99", "%9A", "%9B", "%9C", "%9D", "%9E", "%9F",
    "%A0", "%A1", "%A2", "%A3", "%A4", "%A5", "%A6", "%A7", "%A8", "%A9", "%AA", "%AB", "%AC", "%AD", "%AE", "%AF",
    "%B0", "%B1", "%B2", "%B3", "%B4", "%B5", "%B6", "%B7", "%B8", "%B9", "%BA", "%BB", "%BC", "%BD", "%BE", "%BF",
    "%C0", "%C1", "%C2", "%C3", "%C4", "%C5", "%C6", "%C7", "%C8", "%C9", "%CA", "%CB", "%CC", "%CD", "%CE", "%CF",
    "%D0", "%D1", "%D2", "%D3", "%D4", "%D5", "%D6", "%D7", "%D8", "%D9", "%DA", "%DB", "%DC", "%DD", "%DE", "%DF",
    "%E0", "%E1", "%E2", "%E3", "%E4", "%E5", "%E6", "%E7", "%E8", "%E9", "%EA", "%EB", "%EC", "%ED", "%EE", "%EF",
    "%F0", "%F1", "%F2", "%F3", "%F4", "%F5", "%F6", "%F7", "%F8", "%F9", "%FA", "%FB", "%FC", "%FD", "%FE", "%FF",
};

/* How many octets each row of percent_encoded has. */
static const unsigned char percent_encoded_sizes[256] = {
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
};

static char *write_text(mip_text text, char *at)
{
    memcpy(at, text.data, text.size);
    return at + text.size;
}

static char *write_number(size_t number, char *at)
{
    char digits[NUMBER_OCTETS], *end = digits + sizeof digits, *begin = end;

    do
        *--begin = (char)('0' + number % 10);
    while (number /= 10);
    return write_text(span(begin, end), at);
}

/* The last `left` octets of the text of a value, where they are now: a text that was gathered moves when the output
 * grows. */
static mip_text rest_of_value(gathered *value, size_t left)
{
    mip_text text = gathered_text(value);

    return span(text.data + text.size - left, text.data + text.size);
}

/* extended-initial-value = [charset] "'" [language] "'" extended-other-values   RFC 2231, 7 */
static char *write_charset(const extended_value *value, char *at)
{
    at = write_text(value->charset, at);
    *at++ = '\'';
    at = write_text(value->found->language, at);
    *at++ = '\'';
    return at;
}

/* The begin of the character that the octet at `at` is in, or `at` if it is in none. */
static const char *find_character(const char *begin, const char *at, const char *end)
{
    const char *lead = at;

    while (lead > begin && at - lead < 3 && utf8_is_tail(*lead))
        lead--;
    return utf8_character(span(lead, end)) > (size_t)(at - lead) ? lead : at;
}

static char *write_octet(char octet, char *at)
{
    memcpy(at, percent_encoded[(unsigned char)octet], sizeof percent_encoded[0]);
    return at + percent_encoded_sizes[(unsigned char)octet];
}

/* extended-other-values = *(ext-octet / attribute-char)   RFC 2231, 7
 * Write as many characters from the beginning of `text` to [at, end) as it can hold, take them off `text`, and return
 * the end of what was written.  Most are written four octets at a time, whatever they are. */
static char *write_characters(mip_text *text, char *at, const char *end)
{
    const char *octet = text->data, *text_end = octet + text->size, *cut;

    for (; text_end - octet >= 4 && end - at >= 4 * 3; octet += 4) {
        at = write_octet(octet[0], at);
        at = write_octet(octet[1], at);
        at = write_octet(octet[2], at);
        at = write_octet(octet[3], at);
    }
    for (; octet < text_end && percent_encoded_sizes[(unsigned char)*octet] <= end - at; octet++)
        at = write_octet(*octet, at);
    cut = octet < text_end ? find_character(text->data, octet, text_end) : text_end;
    *text = span(cut, text_end);
    return at - 3 * (octet - cut);
}

/* The octets that write_characters() needs for the first character. */
static size_t first_size(mip_text text)
{
    size_t octets = utf8_character(text);

    return octets > 1 ? 3 * octets : percent_encoded_sizes[(unsigned char)*text.data];
}

/* Put the white space before a parameter of so many columns and octets, on a new line if this one cannot hold the
 * parameter. */
static void put_gap(writer *w, mip_text blanks, size_t columns, size_t octets)
{
    if (w->has_word && !writer_fits(w, blanks.size + columns, blanks.size + octets, 0)) {
        writer_break(w);
        if (blanks.size == 0)
            blanks = space;
    }
    writer_put_gap(w, blanks);
}

/* Put the parameter on one line; 0 if none may hold it.  White space after it may pass the limit, but not the 998
 * octets: no other form of the value makes it shorter. */
static int put_whole(writer *w, extended_value *value, mip_text blanks, mip_text closing)
{
    mip_text text = gathered_text(&value->text), attribute = value->found->attribute;
    size_t name = attribute.size + value->charset.size + value->found->language.size + 4;
    size_t semicolon = closing.size > 0 && *closing.data == ';';
    size_t beside = blanks.size + name + semicolon, limit = writer_limit(w);
    value_line line;
    char *at;

    if (beside + text.size > limit)
        return 0;
    at = write_text(attribute, line);
    *at++ = '*';
    *at++ = '=';
    at = write_charset(value, at);
    at = write_characters(&text, at, at + (limit - beside));
    if (text.size > 0 || blanks.size + (size_t)(at - line) + closing.size > LINE_OCTETS)
        return 0;
    put_gap(w, blanks, (size_t)(at - line) + closing.size, (size_t)(at - line) + closing.size);
    writer_put_word(w, span(line, at));
    writer_put_word(w, closing);
    return 1;
}

/* The columns for the value between `begin`, the beginning of a section, and a semicolon.  A limit that leaves no room
 * for a character is taken for the 78 of RFC 5322, 2.1.1, as by CPython, and if these leave none either for the 998. */
static size_t room_behind(const writer *w, mip_text begin)
{
    size_t columns = w->columns + writer_columns(w, begin), least = columns + 3 * 4 + 1;
    size_t limit = least <= writer_limit(w) ? writer_limit(w) : least <= 78 ? 78 : LINE_OCTETS;

    return columns < limit ? limit - columns - 1 : 0;
}

/* The columns that each section needs for the value, so that there are no more than ten sections: some programs sort
 * "*10*" before "*2*".  At the end of each, one column less than the widest character takes may be left over. */
static size_t room_of_tenth(const writer *w, extended_value *value)
{
    mip_text text = gathered_text(&value->text);
    size_t columns = 0, widest = 0, beside = LEAST_BESIDE;

    beside += value->found->attribute.size + value->charset.size + value->found->language.size;
    if (beside < writer_limit(w) && 3 * text.size <= SECTIONS * (writer_limit(w) - beside))
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        size_t width = 3 * utf8_size(text.data[i]);
        columns += percent_encoded_sizes[(unsigned char)text.data[i]];
        widest = width > widest ? width : widest;
    }
    return (columns + SECTIONS - 1) / SECTIONS + widest - 1;
}

/* The columns for the value after `begin`, the beginning of a section: what the limit leaves, or `least` if that is
 * more and a line can hold it. */
static size_t room_of_section(const writer *w, mip_text begin, size_t least)
{
    size_t room = room_behind(w, begin), used = w->octets + begin.size + 1;
    size_t most = used < LINE_OCTETS ? LINE_OCTETS - used : 0;

    if (least > most)
        least = most;
    return room > least ? room : least;
}

/* Put the parameter in sections, a line each, cut between characters: RFC 2231, 3 and 4.1.
 * initial-section = "*0"   other-sections = "*" ("1" / … / "9") *DIGIT   RFC 2231, 7 */
static void put_sections(writer *w, extended_value *value, mip_text blanks, mip_text closing)
{
    size_t left = gathered_text(&value->text).size, least = room_of_tenth(w, value);
    value_line line;
    char *number = write_text(value->found->attribute, write_text(space, line));

    *number++ = '*';
    for (size_t nth = 0; left > 0 && w->result.status == MIP_OK; nth++) {
        const char *begin = !w->has_word || (nth == 0 && blanks.size > 0) ? line + 1 : line;
        char *at = write_number(nth, number), *end;
        mip_text rest;
        *at++ = '*';
        *at++ = '=';
        if (w->has_word)
            writer_break(w);
        if (nth == 0) {
            writer_put_blanks(w, blanks);
            at = write_charset(value, at);
        }
        rest = rest_of_value(&value->text, left);
        end = write_characters(&rest, at, at + room_of_section(w, span(begin, at), least));
        if (rest.size == 0 && w->octets + (size_t)(end - begin) + closing.size > LINE_OCTETS) {
            rest = rest_of_value(&value->text, left); /* the last character goes with what follows it */
            end = write_characters(&rest, at, end - 1);
        }
        if (end == at)
            end = write_characters(&rest, at, at + first_size(rest));
        left = rest.size;
        if (left > 0)
            *end++ = ';';
        writer_put_word(w, span(begin, end));
        if (left == 0)
            writer_put_word(w, closing);
    }
}

/* qcontent = qtext / quoted-pair   RFC 5322, 3.2.4 */
static int is_qtext(char octet)
{
    return octet != '"' && octet != '\\';
}

/* How many octets of a text need a backslash between quotes. */
static size_t count_backslashes(mip_text text)
{
    size_t backslashes = 0;

    for (size_t i = 0; i < text.size; i++)
        backslashes += !is_qtext(text.data[i]);
    return backslashes;
}

/* Put the white space before a parameter that is written in quotes. */
static void put_gap_of_quoted(writer *w, mip_text blanks, mip_text attribute, mip_text text, mip_text closing)
{
    size_t beside = attribute.size + count_backslashes(text) + 3 + closing.size;

    put_gap(w, blanks, beside + writer_columns(w, text), beside + text.size);
}

/* Put what is between the quotes, a character at a time: the text moves when the output grows. */
static void put_qcontent(writer *w, gathered *value)
{
    mip_text rest = gathered_text(value);

    for (size_t left = rest.size; left > 0; left = rest.size) {
        char qcontent[1 + 4] = {'\\'};
        size_t size;
        rest = rest_of_value(value, left);
        size = utf8_character(rest);
        size = size ? size : 1;
        memcpy(qcontent + 1, rest.data, size);
        writer_put_word(w, span(qcontent + is_qtext(*rest.data), qcontent + 1 + size));
        rest = span(rest.data + size, rest.data + rest.size);
    }
}

void parameter_value_put_extended(writer *w, const parameter *found, mip_text blanks, mip_text closing)
{
    extended_value value = {found, gathered_begin(w), {"", 0}};
    mip_text text;
    int is_utf8;

    parameter_gather(found, &value.text);
    text = gathered_text(&value.text);
    is_utf8 = (w->style->well_formed && !value.text.is_gathered) || utf8_is_valid(text);
    value.charset = parameter_charset(found, text, is_utf8);
    w->item = found->attribute.data;
    if (!put_whole(w, &value, blanks, closing))
        put_sections(w, &value, blanks, closing);
    gathered_end(&value.text);
}

void parameter_value_put_quoted(writer *w, const parameter *found, mip_text blanks, mip_text closing)
{
    static const mip_text opening = {"=\"", 2}, quote = {"\"", 1};
    gathered value = gathered_begin(w);
    const char *fault;

    parameter_gather(found, &value);
    if (literal_needs_encoding(w, gathered_text(&value), &fault)) { /* ext-octets may be such characters */
        gathered_end(&value);
        parameter_value_put_extended(w, found, blanks, closing);
        return;
    }
    w->item = found->attribute.data;
    put_gap_of_quoted(w, blanks, found->attribute, gathered_text(&value), closing);
    writer_put_word(w, found->attribute);
    writer_put_word(w, opening);
    put_qcontent(w, &value);
    writer_put_word(w, quote);
    writer_put_word(w, closing);
    gathered_end(&value);
}
