/* Running out of memory, at every place where more is asked for: the output is left as it was, or the call comes
 * to what it comes to with memory enough. */
#include "check.h"
#include "shown.h"

static const char *const bodies[] = {
    "",
    "plain words",
    "plain words and many more plain words that fill the line and begin another one, and one more behind that",
    "plain words \xC3\xA9\xC3\xA9\xC3\xA9 and (comments \xC3\xA9) =?utf-8?b?w6nDqcM=?= =?utf-8?b?qcOp?= "
    "\xE9 <a@b> <c@d> and many more words that fill the line and begin another one \xE6\x97\xA5\xE6\x9C\xAC",
    "a \xC3\xA9 \xC3\xA9 b \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
    "Zo\xC3\xAB <z@b.example>, \"M\xC3\xBCller, J\\\"\" <j@b.example> (\xC3\xA9 \\\\), a@b.example,c@d.example, gr\xC3\xBC: "
    "x@y;",
    "text/plain; charset=utf-8; name=\"\xC3\xA9\\\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"; "
    "x*=utf-8''%C3%A9%E9; y=\xE9; z=(\xC3\xA9)",
    "=?utf-8?q?caf=C3=A9?= <a@b.example>,  b@c.example",
    "=?utf-8?q?a=2Cb?= =?utf-8?b?w6k=?= c",
    "<a@b>\r\n <c@d>\n\t(x\r y)",
    "attachment; filename*=utf-8''%0Ax",
    "attachment; filename*=latin-1''%E9x; name*=latin-1''%0A",
    "a =?latin-1?q?=0A?= (=?latin-1?q?\xE9?=) =?latin-1?q?=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9=E9?= "
    "=?latin-1?b?6Q==?= <a@b.example>",
};

/* A mip_decoder of ISO 8859-1. */
static int decode_latin_1(mip_text charset, mip_text octets, mip_output *utf8)
{
    size_t size = octets.size;
    char *copy;

    if (charset.size != 7 || memcmp(charset.data, "latin-1", 7) != 0)
        return -1;
    for (size_t i = 0; i < octets.size; i++)
        size += (unsigned char)octets.data[i] >= 0x80;
    copy = malloc(octets.size);
    if (!copy)
        abort();
    memcpy(copy, octets.data, octets.size);
    if (utf8->capacity - utf8->size < size && (!utf8->grow || utf8->grow(utf8, utf8->size + size) != 0)) {
        free(copy);
        return 1;
    }
    for (size_t i = 0; i < octets.size; i++) {
        unsigned char octet = (unsigned char)copy[i];
        if (octet >= 0x80)
            utf8->data[utf8->size++] = (char)(0xC0 | octet >> 6);
        utf8->data[utf8->size++] = (char)(octet >= 0x80 ? 0x80 | (octet & 0x3F) : octet);
    }
    free(copy);
    return 0;
}

/* What is called, and how. */
typedef struct call {
    mip_result (*function)(const struct call *call, mip_text body, mip_output *output);
    int variant; /* a mip_syntax, a mip_view, or one of two */
    int read, utf8;
    size_t limit;
} call;

static const mip_text name = {"X-Name", 6};

static mip_result call_fold(const call *c, mip_text body, mip_output *output)
{
    mip_style style = smtp_style();

    style.read = c->read;
    style.utf8 = c->utf8;
    style.max_line_length = c->limit;
    style.decode = decode_latin_1;
    return mip_fold(name, body, (mip_syntax)c->variant, &style, output);
}

static mip_result call_check(const call *c, mip_text body, mip_output *output)
{
    static const mip_text content_type = {"Content-Type", 12};

    return mip_check(c->variant ? content_type : name, body, decode_latin_1, output, NULL);
}

static mip_result call_unfold(const call *c, mip_text body, mip_output *output)
{
    (void)c;
    return mip_unfold(name, body, output);
}

static mip_result call_show(const call *c, mip_text body, mip_output *output)
{
    static const mip_status statuses[] = {
        [MIP_SHOWN] = MIP_OK, [MIP_SHOWN_AS_IT_IS] = MIP_OK, [MIP_SHOWN_NOT] = MIP_OK, [MIP_SHOWN_NO_SPACE] = MIP_NO_SPACE};
    mip_result result = {statuses[mip_show(body, (mip_view)c->variant, decode_latin_1, output)], 0};

    return result;
}

static mip_result call_make_msg_id(const call *c, mip_text body, mip_output *output)
{
    static const unsigned char entropy[MIP_MSG_ID_ENTROPY] = {1};
    static const mip_text domain = {"mail.example", 12}, none = {"", 0};

    (void)body;
    return mip_make_msg_id(1, entropy, c->variant ? domain : none, domain, output);
}

static const char kept[] = "what was there";

/* An output that holds that already, with room for so much more. */
static heap_output used_output(size_t room)
{
    heap_output heap = new_output();

    heap.output.size = sizeof kept - 1;
    heap.output.capacity = heap.output.size + room;
    heap.output.data = malloc(heap.output.capacity);
    if (!heap.output.data)
        abort();
    memcpy(heap.output.data, kept, heap.output.size);
    return heap;
}

/* Call with so much room, and a grow() that refuses its call numbered `refused`, or none.  Returns whether that
 * was enough. */
static int try_with(const call *c, mip_text body, size_t room, int refused, mip_result expected, const mip_output *wanted)
{
    heap_output heap = used_output(room);
    mip_output *output = &heap.output;
    mip_result result;
    int same;

    heap.refused = refused;
    if (refused == 0)
        output->grow = NULL;
    result = c->function(c, body, output);
    same = result.status == expected.status && result.offset == expected.offset && output->size == wanted->size &&
           memcmp(output->data, wanted->data, output->size) == 0;
    CHECK(same || (result.status == MIP_NO_SPACE && output->size == sizeof kept - 1));
    CHECK(memcmp(output->data, kept, sizeof kept - 1) == 0);
    free_output(&heap);
    return same;
}

static void refuse_each(const call *c, mip_text body)
{
    heap_output heap = used_output(0);
    mip_result expected = c->function(c, body, &heap.output);
    const mip_output *wanted = &heap.output;
    size_t most = wanted->size - (sizeof kept - 1);

    CHECK(expected.status != MIP_NO_SPACE);
    for (int refused = 1; refused <= heap.calls; refused++)
        try_with(c, body, 0, refused, expected, wanted);
    for (size_t room = 0; room < most; room++)
        CHECK(!try_with(c, body, room, 0, expected, wanted));
    for (size_t room = most; !try_with(c, body, room, 0, expected, wanted); room++)
        CHECK(room < 3 * (most + body.size) + 200);
    free_output(&heap);
}

static void refuse_calls(mip_text body)
{
    static const size_t limits[] = {78, 0, 40};
    call c = {call_fold, 0, 0, 0, 0};

    for (c.variant = MIP_UNSTRUCTURED; c.variant <= MIP_TAGS; c.variant++)
        for (c.read = 0; c.read < 2; c.read++)
            for (size_t i = 0; i < 3; i++) {
                c.limit = limits[i];
                c.utf8 = i == 2;
                refuse_each(&c, body);
            }
    c.function = call_show;
    for (c.variant = MIP_VIEW_TEXT; c.variant <= MIP_VIEW_VERSION; c.variant++)
        refuse_each(&c, body);
    c.function = call_check;
    for (c.variant = 0; c.variant < 2; c.variant++)
        refuse_each(&c, body);
    c.function = call_unfold;
    refuse_each(&c, body);
}

/* So long a text is not looked at: what is made of it might have more octets than a size_t counts. */
static void refuse_what_no_memory_holds(void)
{
    mip_text few = {"x", 1}, many = {"x", MIP_MOST_OCTETS + 1};
    mip_style style = smtp_style();

    for (int variant = 0; variant < 2; variant++) {
        heap_output heap = used_output(100);
        mip_result result = mip_fold(variant ? few : many, variant ? many : few, MIP_UNSTRUCTURED, &style, &heap.output);
        CHECK(result.status == MIP_NO_SPACE && result.offset == 0 && heap.output.size == sizeof kept - 1);
        free_output(&heap);
    }
}

void test_memory(void)
{
    call c = {call_make_msg_id, 0, 0, 0, 0};
    mip_text none = {"", 0};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        mip_text body = heap_text(bodies[i]);
        refuse_calls(body);
        free_text(body);
    }
    for (; c.variant < 2; c.variant++)
        refuse_each(&c, none);
    refuse_what_no_memory_holds();
}
