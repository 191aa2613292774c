#include "parameters.h"

#include "lexer.h"
#include "octet.h"
#include "parameter.h"
#include "span.h"
#include "structured.h"
#include "word.h"

/* The type, or a parameter: what stands between two semicolons. */
typedef struct {
    mip_text blanks;    /* the white space before it */
    mip_text text;      /* without the semicolon */
    mip_text semicolon; /* and white space behind it where the body ends with that; may be empty */
} segment;

typedef struct {
    const char *at, *end;
    const char *open_comment; /* behind it a "(" that is not closed was seen */
} segment_reader;

static const mip_text nothing = {"", 0}, space = {" ", 1}, semicolon = {";", 1};

static const char *skip_token(segment_reader *reader, const char *at)
{
    const char *end = NULL;

    if (*at == '"' || *at == '\\')
        return lexer_skip(at, reader->end);
    if (*at == '(' && (!reader->open_comment || at < reader->open_comment)) {
        end = lexer_skip_comment(at, reader->end);
        if (!end)
            reader->open_comment = at;
    }
    return end ? end : at + 1;
}

/* content     = "Content-Type" ":" type "/" subtype *(";" parameter)   RFC 2045, 5.1
 * disposition = "Content-Disposition" ":" disposition-type *(";" disposition-parm)   RFC 2183, 2
 * Returns 0 behind the last. */
static int read_segment(segment_reader *reader, segment *next)
{
    const char *begin = reader->at, *text = span_blanks(begin, reader->end), *at = text;

    if (begin == reader->end)
        return 0;
    next->blanks = span(begin, text);
    while (at < reader->end && *at != ';')
        at = skip_token(reader, at);
    next->text = span(text, at);
    reader->at = at < reader->end ? at + 1 : at;
    if (span_blanks(reader->at, reader->end) == reader->end)
        reader->at = reader->end; /* a fold before white space alone would leave a blank line */
    next->semicolon = span(at, reader->at);
    return 1;
}

/* How a parameter is written. */
typedef enum {
    AS_IT_IS,
    QUOTED,  /* UTF-8 is no token, but may stand in quotes: RFC 6532, 3.2 */
    EXTENDED /* RFC 2231, 4 */
} parameter_form;

static parameter_form form_of(const writer *w, const segment *next, const parameter *found)
{
    size_t size = next->blanks.size + next->text.size + next->semicolon.size;
    parameter_form form = AS_IT_IS;
    const char *fault;

    if (word_needs_encoding(w, found->value, &fault))
        return EXTENDED;
    for (size_t i = 0; i < found->value.size && !found->is_quoted; i++)
        if (octet_is(found->value.data[i], OCTET_8BIT))
            form = QUOTED;
    /* Rests apart, which may be folded, and with room for quotes and the quoted-pairs in them. */
    size += form == QUOTED ? found->value.size : 0;
    return size - found->rest.size > LINE_OCTETS ? EXTENDED : form;
}

/* One character of a quoted-string or of an extended value, as it is written. */
static mip_text encode(parameter_form form, const char *character, size_t size, char encoded[12])
{
    static const char hex_digits[] = "0123456789ABCDEF";
    char *at = encoded;

    for (size_t i = 0; i < size; i++) {
        unsigned char octet = (unsigned char)character[i];
        if (form == EXTENDED && !octet_is(character[i], OCTET_UNRESERVED)) {
            *at++ = '%';
            *at++ = hex_digits[octet >> 4];
            *at++ = hex_digits[octet & 15];
            continue;
        }
        if (form == QUOTED && (octet == '"' || octet == '\\'))
            *at++ = '\\';
        *at++ = character[i];
    }
    return span(encoded, at);
}

static void put_text(writer *w, const char *text, size_t size)
{
    writer_put_word(w, span(text, text + size));
}

static void put_number(writer *w, size_t number)
{
    char digits[20];
    size_t size = 0;

    do
        digits[sizeof digits - ++size] = (char)('0' + number % 10);
    while (number /= 10);
    put_text(w, digits + sizeof digits - size, size);
}

/* initial-section = "*0"   other-sections = "*" ("1" / … / "9") *DIGIT
 * The charset and the language stand in the first: RFC 2231, 4.1. */
static void put_begin(writer *w, const parameter *found, mip_text charset, size_t section)
{
    put_text(w, "=", 1);
    if (section > 0)
        return;
    writer_put_word(w, charset);
    put_text(w, "'", 1);
    writer_put_word(w, found->language);
    put_text(w, "'", 1);
}

/* The columns of a section that begins here.  Where the limit leaves no room for a character it is
 * the 78 of RFC 5322, 2.1.1, as CPython has it, and else the 998. */
static size_t section_limit(const writer *w)
{
    size_t least = w->columns + 3 * 4 + 1;

    return least <= writer_limit(w) ? writer_limit(w) : least <= 78 ? 78 : LINE_OCTETS;
}

/* Write the value in sections, a line each, cut between characters: RFC 2231, 3 and 4.1. */
static void put_sections(writer *w, const parameter *found, mip_text blanks, mip_text charset, mip_text closing)
{
    parameter_characters characters = parameter_start(found);

    for (size_t section = 0; characters.at < characters.end && w->result.status == MIP_OK; section++) {
        size_t limit;
        int is_empty = 1;

        if (w->has_word)
            writer_break(w);
        writer_put_blanks(w, section == 0 && blanks.size > 0 ? blanks : space);
        writer_put_word(w, found->attribute);
        put_text(w, "*", 1);
        put_number(w, section);
        put_text(w, "*", 1);
        put_begin(w, found, charset, section);
        limit = section_limit(w);
        while (characters.at < characters.end) {
            parameter_characters ahead = characters;
            char character[4], encoded[12];
            size_t size = parameter_next(&ahead, character);
            mip_text encoded_text = encode(EXTENDED, character, size, encoded);
            if (!is_empty && w->columns + encoded_text.size + semicolon.size > limit)
                break;
            writer_put_word(w, encoded_text);
            characters = ahead;
            is_empty = 0;
        }
        writer_put_word(w, characters.at < characters.end ? semicolon : closing);
    }
}

/* Write the characters of a value; the columns that they take. */
static size_t put_value(writer *w, const parameter *found, parameter_form form, int measure)
{
    parameter_characters characters = parameter_start(found);
    char character[4], encoded[12];
    size_t size, columns = 0;

    while ((size = parameter_next(&characters, character)) > 0) {
        mip_text encoded_text = encode(form, character, size, encoded);
        columns += writer_columns(w, encoded_text);
        if (!measure)
            writer_put_word(w, encoded_text);
    }
    return columns;
}

/* Write a parameter whose value changes its form. */
static void put_changed(writer *w, const segment *next, const parameter *found, parameter_form form)
{
    mip_text charset = parameter_charset(found), blanks = next->blanks;
    mip_text closing = found->rest.size > 0 ? nothing : next->semicolon;
    size_t size = found->attribute.size + put_value(w, found, form, 1) + closing.size;

    size += form == QUOTED ? 3 : charset.size + found->language.size + 4;
    w->item = found->attribute.data;
    if (form == EXTENDED && blanks.size + size > writer_limit(w)) {
        put_sections(w, found, blanks, charset, closing);
        return;
    }
    if (w->has_word && !writer_fits(w, blanks.size + size, blanks.size + size, 0)) {
        writer_break(w);
        if (blanks.size == 0)
            blanks = space;
    }
    writer_put_gap(w, blanks);
    writer_put_word(w, found->attribute);
    if (form == EXTENDED) {
        put_text(w, "*", 1);
        put_begin(w, found, charset, 0);
    } else {
        put_text(w, "=\"", 2);
    }
    put_value(w, found, form, 0);
    if (form == QUOTED)
        put_text(w, "\"", 1);
    writer_put_word(w, closing);
}

/* Write a segment on this line if it fits, else on a new one, and folded inside if it must be. */
static void put_as_it_is(writer *w, const segment *next)
{
    mip_text whole = span(next->blanks.data, next->semicolon.data + next->semicolon.size);

    if (w->has_word && !writer_fits(w, writer_columns(w, whole), whole.size, 0)) {
        if (next->blanks.size > 0) {
            writer_break(w);
        } else if (w->octets + whole.size > LINE_OCTETS) {
            writer_break(w);
            writer_put_blanks(w, space);
        } else {
            writer_break_back(w);
        }
    }
    structured_fold(w, whole, MIP_TOKENS);
}

void parameters_fold(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    parameter_form form;
    parameter found;
    segment next;

    while (w->result.status == MIP_OK && read_segment(&reader, &next)) {
        form = parameter_read(next.text, &found) ? form_of(w, &next, &found) : AS_IT_IS;
        if (form == AS_IT_IS) {
            put_as_it_is(w, &next);
            continue;
        }
        put_changed(w, &next, &found, form);
        if (found.rest.size > 0)
            structured_fold(w, span(found.rest.data, reader.at), MIP_TOKENS);
    }
}

void parameters_check(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    parameter found;
    segment next;

    while (w->result.status == MIP_OK && read_segment(&reader, &next)) {
        const char *at = parameter_read(next.text, &found) ? parameter_find_line_end(&found) : NULL;
        if (at)
            writer_fail(w, MIP_LINE_END, at);
    }
}
