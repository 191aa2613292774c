/* msgidpolicy.h - fold header fields, read and make message identifiers.
 *
 *     char field[1000];
 *     mip_output output = {field, 0, sizeof field, NULL};
 *     mip_text name = {"Subject", 7}, body = {"Lunch at the Caf\xC3\xA9", 18};
 *     mip_result result = mip_fold(name, body, mip_syntax_of(name), &mip_smtp, &output);
 *     if (result.status == MIP_OK)
 *         fwrite(output.data, 1, output.size, stdout);
 *
 * This prints "Subject: Lunch at the =?utf-8?q?Caf=C3=A9?=" and CRLF.
 *
 * The library allocates nothing, keeps no state and reads no clock: octets come in as mip_text and go out through a
 * mip_output that the caller owns.  Calls may run in many threads at once, as long as no two share an output (or a
 * mip_msg_ids).  Nothing that is passed in is kept after the call.
 *
 * Sizes and offsets count octets, limits of lines count columns: an octet is a column, but with a style of utf8 a
 * character is one.  Terms are those of RFC 5322 (field, folding, msg-id), RFC 2047 (encoded-word) and RFC 6532 (UTF-8). */
#ifndef MSGIDPOLICY_H
#define MSGIDPOLICY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header: as a string, and as numbers for #if. */
#define MIP_VERSION "1.0.0rc1"
#define MIP_VERSION_MAJOR 1
#define MIP_VERSION_MINOR 0
#define MIP_VERSION_PATCH 0

/* Octets that the caller owns and the library only reads.  No NUL ends them, and they may hold NULs.  {NULL, 0} is a
 * text of no octets, wherever a text is passed. */
typedef struct {
    const char *data;
    size_t size;
} mip_text;

/* The most octets of a name or a body that mip_fold() takes, 134 million on 32 bits.  With CRLF it makes less than 32
 * times as many of them, and a size_t has to count those. */
#define MIP_MOST_OCTETS (SIZE_MAX / 32)

/* Octets that the caller owns: data[0, size) is written, 0 <= size <= capacity, and calls append to that.  {NULL, 0, 0,
 * grow} is an output that has no memory yet.
 *
 * When more is needed, grow() gets the capacity wanted and either updates data and capacity and
 * returns 0, or changes nothing and returns -1.  A NULL grow makes the output fixed; mip_fold_bound() says how much it
 * has to hold.  A call that fails leaves size as it found it; what lies beyond size is scratch.
 *
 * Where grow() needs more than this, make the mip_output the first member of a struct of your own. */
typedef struct mip_output {
    char *data;
    size_t size, capacity;
    int (*grow)(struct mip_output *output, size_t capacity);
} mip_output;

typedef enum mip_status {
    MIP_OK,
    MIP_NO_SPACE,        /* grow() refused, or there is none; or a text over MIP_MOST_OCTETS */
    MIP_BAD_FIELD_NAME,  /* empty, or an octet outside ftext (RFC 5322, 3.6.8) */
    MIP_LINE_END,        /* CR or LF that is no fold (RFC 5322, 2.2) */
    MIP_CONTROL,         /* a control character where no encoded-word may stand (RFC 5322, 4.1) */
    MIP_NOT_ASCII,       /* a character that only a style with utf8 can write there (RFC 6532) */
    MIP_NOT_UTF8,        /* octets that are not UTF-8 (RFC 3629), where no encoded-word may stand */
    MIP_LINE_TOO_LONG,   /* a line over 998 octets cannot be avoided (RFC 5322, 2.1.1) */
    MIP_LIMIT_TOO_SMALL, /* max_line_length leaves no room for an encoded-word */
    MIP_NO_IDNA,         /* a domain that is not US-ASCII, and nobody to make A-labels of it */
    MIP_NO_A_LABELS,     /* a domain that has none (RFC 5891, 4) */
    MIP_BAD_DOMAIN,      /* of a msg-id to make: no dot-atom-text (RFC 5322, 3.2.3) */
    MIP_BAD_IDSTRING     /* the same of an idstring */
} mip_status;

/* What a call came to, and the offset of the first octet at fault in the text it names:
 * the field name for MIP_BAD_FIELD_NAME, the parts of a msg-id for theirs, else the field body.  0 for MIP_NO_SPACE. */
typedef struct {
    mip_status status;
    size_t offset;
} mip_result;

/* What a field body may hold, hence where it may be folded and encoded. */
typedef enum mip_syntax {
    MIP_UNSTRUCTURED, /* RFC 5322, 3.2.5: folded at white space; any word may be encoded */
    MIP_PHRASES,      /* RFC 5322, 3.2.5: phrases between commas */
    MIP_ADDRESSES,    /* RFC 5322, 3.4 */
    MIP_PARAMETERS,   /* RFC 2045, 5.1 */
    MIP_MSG_IDS,      /* RFC 5322, 3.6.4: folded between msg-ids; only a comment may be encoded */
    MIP_TOKENS,       /* folded at white space outside "..." and <...>; only a comment may be encoded */
    MIP_TAGS          /* RFC 6376, 3.2: as tokens, and where no line holds a b, bh or keydata also in its base64 */
} mip_syntax;

/* Append to utf8 the text that `octets` are in `charset`, as UTF-8, and return 0.  Or append nothing and return -1
 * when the charset is unknown or the octets are none of its text, or 1 when that could not be found out, for lack of
 * memory: the call that asked then comes to MIP_NO_SPACE.  `octets` may lie in utf8's own buffer: they must be read
 * before utf8 grows. */
typedef int mip_decoder(mip_text charset, mip_text octets, mip_output *utf8);

/* Append to ascii the A-labels of a domain in UTF-8 (RFC 5890, 2.3.2.1).  Return MIP_OK, or
 * MIP_NO_IDNA, MIP_NO_A_LABELS or MIP_NO_SPACE and append nothing. */
typedef mip_status mip_domain_encoder(mip_text domain, mip_output *ascii);

/* What is known of a body, so that it is not looked for again: bits.  0 where nothing is. */
typedef unsigned mip_known;

enum {
    MIP_KNOWN_CHECKED = 1,          /* mip_check() came to MIP_OK; the other bits count with this one alone */
    MIP_KNOWN_PRINTABLE = 2,        /* it is SP and VCHAR only (RFC 5234, B.1) */
    MIP_KNOWN_NO_CONTROL = 4,       /* no control character of US-ASCII is in it */
    MIP_KNOWN_NOTHING_TO_DECODE = 8 /* nor "=?", with which encoded-words begin */
};

/* All zeros are a style, too. */
typedef struct {
    size_t max_line_length; /* columns without the line's end; 0: only the 998 octets of RFC 5322 */
    mip_text linesep;       /* CRLF on the wire, and where its address is NULL; lines may end in nothing, "" */
    int utf8;               /* nonzero: RFC 6532, UTF-8 as it is; columns then count characters */
    int read;               /* nonzero: the body was read, and is never refused for its grammar */
    int keep;               /* nonzero: encoded-words of a body that was read stay as they came, also those against
                             * the rules, while a line of 998 octets holds them */
    int well_formed;        /* nonzero: the body is known to be UTF-8, and is not looked through for that; of one that is
                             * not, octets after its end may be read */
    mip_known known;        /* of a body that was set: what mip_check() found out of it, with the same name */
    mip_decoder *decode;    /* for charsets beside UTF-8 and US-ASCII; may be NULL */
    mip_domain_encoder *to_a_labels; /* for domains in addresses; may be NULL */
} mip_style;

/* The style of mail on the wire: lines of 78 columns, which end in CRLF; nothing else. */
extern const mip_style mip_smtp;

/* Append the field "name: body", folded, and a line's end.
 *
 * `body` is unfolded UTF-8; octets that are not UTF-8 are written as `unknown-8bit`.  One line end at its very end
 * is no part of it, here and in mip_check() and mip_unfold().  Time and memory grow linearly with it.
 *
 * All that mip_check() looks for is looked for here as well, by the syntax that is given, before a body that was set is
 * written, unless the style's `known` has what that found: no value brings a line of its own into the header.  Of a body
 * that was read, mip_unfold() takes the folds out.
 *
 * Fails with any status but those of mip_make_msg_id(); with one of grammar (MIP_CONTROL to MIP_LINE_TOO_LONG,
 * MIP_NO_IDNA, MIP_NO_A_LABELS, and MIP_BAD_FIELD_NAME but for CR and LF) only when the body was set. */
mip_result mip_fold(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output);

/* The octets that an output must have left, so that mip_fold() with a name and a body of these sizes and this style does
 * not end in MIP_NO_SPACE: those of the field, at most, and of the scratch that is used behind it.
 *
 * With CRLF it is the name and 15 times the body, and a little more: "\xE9," in a list becomes an encoded-word, a comma
 * and two spaces.  Lines of less than 76 columns may take 20 times the body, those of less than 26, which hold one octet
 * each in an encoded-word, 26 times.  US-ASCII alone takes far less: for long bodies prefer an output that grows.
 *
 * It does not count what the style's decode and to_a_labels append; with those, only an output that grows is always
 * enough.  SIZE_MAX where a size_t cannot count it. */
size_t mip_fold_bound(size_t name_size, size_t body_size, const mip_style *style);

/* May `name: body` be set?  MIP_BAD_FIELD_NAME, or MIP_LINE_END for a CR or LF in the body or in
 * the text of an encoded-word or an extended parameter in it, by the syntax of the name.  MIP_NO_SPACE, too: `scratch` is
 * used for decoding and left as it was; without `decode`, mip_fold_bound() for mip_smtp is enough for it.  `known`, which
 * may be NULL, gets what was found out, for the style with which mip_fold() is called.  A program that folds a value as
 * soon as it has it need not call this. */
mip_result mip_check(mip_text name, mip_text body, mip_decoder *decode, mip_output *scratch, mip_known *known);

/* Append the body of a field that was read, without its folds: each line end that white space follows is left out,
 * and so is the white space of folds that the body begins with.  The body is what stands after the colon and the blanks
 * that follow that.  What is appended is never longer than it.  MIP_LINE_END at any other line end, MIP_BAD_FIELD_NAME
 * at one in the name, MIP_NO_SPACE. */
mip_result mip_unfold(mip_text name, mip_text body, mip_output *output);

/* Append a field that was read in the lines that it came in, each with the style's line end, where these may go on as they
 * are: `after_colon` is all that stood after the colon, folds and all.  Of the style, max_line_length and linesep count.
 * Fails, for the caller to fold it anew, with MIP_NOT_ASCII, MIP_LINE_TOO_LONG for one over the limit, MIP_LINE_END at a
 * line end that white space does not follow, MIP_BAD_FIELD_NAME where mip_check() refuses the name, MIP_NO_SPACE. */
mip_result mip_keep(mip_text name, mip_text after_colon, const mip_style *style, mip_output *output);

/* The syntax that the RFCs give a field name, whatever its case; MIP_UNSTRUCTURED when unknown. */
mip_syntax mip_syntax_of(mip_text name);

/* The msg-ids of a field body, read one after the other.  Begin with {body, 0, 0}:
 *
 *     mip_msg_ids ids = {body, 0, 0};
 *     for (mip_text id; (id = mip_next_msg_id(&ids)).size > 0;)
 *         printf("%.*s\n", (int)id.size, id.data);
 */
typedef struct {
    mip_text body;
    size_t offset;    /* of what has not been read */
    int open_comment; /* a parenthesis before it was never closed */
} mip_msg_ids;

/* The next msg-id, which lies in the body: "<...>", brackets and all, outside of comments and quoted-strings.  Its size
 * is 0 when there is none. */
mip_text mip_next_msg_id(mip_msg_ids *msg_ids);

enum { MIP_MSG_ID_ENTROPY = 12 }; /* octets: 96 bits */

/* Append "<time.random@domain>", or "<time.random.idstring@domain>" unless idstring is empty.
 *
 * `time` is in milliseconds since 1970 and gives 9 digits, which sort as it does until the year
 * 3084; `entropy` gives 20.  Digits are 0-9 and a-v.  Two ids are alike when all of these are: take new octets of the
 * system's random numbers for each.  Fails with MIP_BAD_DOMAIN, MIP_BAD_IDSTRING and the offset in that, with
 * MIP_LINE_TOO_LONG where "Message-ID: " and the id would pass 998 octets, and with MIP_NO_SPACE. */
mip_result mip_make_msg_id(uint64_t time, const unsigned char entropy[MIP_MSG_ID_ENTROPY], mip_text idstring, mip_text domain,
                           mip_output *output);

/* The status as one English clause, in static storage, for any number. */
const char *mip_reason(mip_status status);

#ifdef __cplusplus
}
#endif
#endif
