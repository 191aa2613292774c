/* msgidpolicy._core: str to octets, results to bytes and exceptions.  Functions only: no types, no
 * module state, no static object but the count of forks.  Every call is in the Limited API of 3.10, but for the slots of newer versions. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <string.h>
#ifndef _WIN32
#include <pthread.h>
#endif

#include "core/msgidpolicy.h"

/* An output that begins on the stack, where a usual field needs no more. */
typedef struct {
    mip_output output;
    char *heap;
    char stack[1024];
} buffer;

static int buffer_grow(mip_output *output, size_t capacity)
{
    buffer *b = (buffer *)output;
    char *heap = PyMem_Realloc(b->heap, capacity);

    if (!heap)
        return -1;
    if (!b->heap)
        memcpy(heap, b->stack, sizeof b->stack);
    b->heap = output->data = heap;
    output->capacity = capacity;
    return 0;
}

static void buffer_init(buffer *b)
{
    b->output.data = b->stack;
    b->output.size = 0;
    b->output.capacity = sizeof b->stack;
    b->output.grow = buffer_grow;
    b->heap = NULL;
}

/* The octets of a str, which keeps them, or `*owner` does: a str from undecodable octets holds lone
 * surrogates for them (PEP 383).  Fails on a lone surrogate that stands for no octet. */
static int text_from_str(PyObject *str, mip_text *text, PyObject **owner)
{
    Py_ssize_t size;
    char *data;

    *owner = NULL;
    text->data = PyUnicode_AsUTF8AndSize(str, &size);
    if (text->data) {
        text->size = (size_t)size;
        return 0;
    }
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return -1;
    PyErr_Clear();
    *owner = PyUnicode_AsEncodedString(str, "utf-8", "surrogateescape");
    if (!*owner || PyBytes_AsStringAndSize(*owner, &data, &size) < 0)
        return -1;
    text->data = data;
    text->size = (size_t)size;
    return 0;
}

/* The same for a str that was read, which is never refused: a lone surrogate that stands for no
 * octet goes by the three that UTF-8 would have for it. */
static int text_from_str_read(PyObject *str, mip_text *text, PyObject **owner)
{
    Py_ssize_t size;
    char *data;

    if (text_from_str(str, text, owner) == 0)
        return 0;
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return -1;
    PyErr_Clear();
    *owner = PyUnicode_AsEncodedString(str, "utf-8", "surrogatepass");
    if (!*owner || PyBytes_AsStringAndSize(*owner, &data, &size) < 0)
        return -1;
    text->data = data;
    text->size = (size_t)size;
    return 0;
}

/* The index of the character that the octet at `offset` belongs to. */
static Py_ssize_t character_index(PyObject *str, size_t offset)
{
    Py_ssize_t index = 0, length = PyUnicode_GetLength(str);
    size_t octets = 0;

    while (index < length) {
        Py_UCS4 character = PyUnicode_ReadChar(str, index);
        if (character < 0x80 || (character >= 0xDC80 && character <= 0xDCFF))
            octets += 1;
        else
            octets += character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        if (octets > offset)
            break;
        index++;
    }
    return index;
}

/* Raise msgidpolicy.FieldError, or the subclass of it that `type` names. */
static void raise_error(const char *type, PyObject *name, Py_ssize_t offset, const char *reason, PyObject *value)
{
    PyObject *module = PyImport_ImportModule("msgidpolicy.errors"), *class = NULL, *error = NULL;

    if (module)
        class = PyObject_GetAttrString(module, type);
    if (class)
        error = PyObject_CallFunction(class, "OnsO", name, offset, reason, value);
    if (error)
        PyErr_SetObject(class, error);
    Py_XDECREF(error);
    Py_XDECREF(class);
    Py_XDECREF(module);
}

static void raise_result(mip_result result, PyObject *name, PyObject *value)
{
    PyObject *at = result.status == MIP_BAD_FIELD_NAME ? name : value;

    if (PyErr_Occurred())
        return;
    if (result.status == MIP_NO_SPACE)
        PyErr_NoMemory();
    else if (result.status == MIP_LIMIT_TOO_SMALL)
        raise_error("LimitError", name, 0, mip_reason(result.status), at);
    else
        raise_error("FieldError", name, character_index(at, result.offset), mip_reason(result.status), at);
}

/* A lone surrogate that stands for no octet is no character (Unicode, D76): say where it is. */
static void raise_surrogate(PyObject *name, PyObject *value)
{
    Py_ssize_t index, length = PyUnicode_GetLength(value);

    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return;
    PyErr_Clear();
    for (index = 0; index < length; index++) {
        Py_UCS4 character = PyUnicode_ReadChar(value, index);
        if (character >= 0xD800 && character <= 0xDFFF && !(character >= 0xDC80 && character <= 0xDCFF))
            break;
    }
    raise_error("FieldError", name, index, "a lone surrogate is no character", value);
}

/* Append octets to an output; -1 where that cannot grow. */
static int append(mip_output *output, const char *octets, Py_ssize_t size)
{
    size_t wanted = output->size + (size_t)size, half = output->capacity / 2;

    if (wanted > output->capacity &&
        (!output->grow || output->grow(output, wanted > output->capacity + half ? wanted : output->capacity + half) < 0))
        return -1;
    memcpy(output->data + output->size, octets, (size_t)size);
    output->size = wanted;
    return 0;
}

/* Clear an error that says what is wrong with octets, a charset or a domain.  0 where it is another: one that stops the
 * program, or memory or stack that ran out. */
static int clear_error_of_text(void)
{
    if (!PyErr_ExceptionMatches(PyExc_Exception) || PyErr_ExceptionMatches(PyExc_MemoryError) ||
        PyErr_ExceptionMatches(PyExc_RecursionError))
        return 0;
    PyErr_Clear();
    return 1;
}

/* The name of Python's codec for a charset, a str, by msgidpolicy.charset; NULL with an error set. */
static PyObject *find_codec(mip_text charset)
{
    PyObject *name = PyUnicode_FromString("msgidpolicy.charset"), *module = NULL, *function = NULL, *codec = NULL;
    PyObject *str = PyUnicode_DecodeUTF8(charset.data, (Py_ssize_t)charset.size, NULL);

    if (name && str)
        module = PyImport_GetModule(name);
    if (name && str && !module && !PyErr_Occurred())
        module = PyImport_Import(name);
    if (module)
        function = PyObject_GetAttrString(module, "codec");
    if (function)
        codec = PyObject_CallFunctionObjArgs(function, str, NULL);
    Py_XDECREF(function);
    Py_XDECREF(module);
    Py_XDECREF(str);
    Py_XDECREF(name);
    return codec;
}

/* Octets as a str; NULL with an error set. */
static PyObject *decode(mip_text charset, mip_text octets)
{
    PyObject *codec = find_codec(charset), *str = NULL;
    const char *name = codec ? PyUnicode_AsUTF8AndSize(codec, NULL) : NULL;

    if (name)
        str = PyUnicode_Decode(octets.data, (Py_ssize_t)octets.size, name, "strict");
    Py_XDECREF(codec);
    return str;
}

/* A mip_decoder on Python's codecs.  An error that is none of the text's stays set for raise_result(). */
static int decode_charset(mip_text charset, mip_text octets, mip_output *utf8)
{
    PyObject *str = decode(charset, octets);
    const char *data = NULL;
    Py_ssize_t size = 0;
    int failed;

    if (str)
        data = PyUnicode_AsUTF8AndSize(str, &size);
    if (data)
        failed = append(utf8, data, size) < 0 ? 1 : 0;
    else
        failed = clear_error_of_text() ? -1 : 1;
    Py_XDECREF(str);
    return failed;
}

/* A mip_domain_encoder on msgidpolicy.domain.  An error that is none of the domain's stays set for raise_result(). */
static mip_status encode_domain(mip_text domain, mip_output *ascii)
{
    PyObject *module = PyImport_ImportModule("msgidpolicy.domain"), *a_labels = NULL;
    const char *data = NULL;
    Py_ssize_t size = 0;
    mip_status status;

    if (module)
        a_labels = PyObject_CallMethod(module, "a_labels", "s#", domain.data, (Py_ssize_t)domain.size);
    if (a_labels)
        data = PyUnicode_AsUTF8AndSize(a_labels, &size);
    if (data)
        status = append(ascii, data, size) < 0 ? MIP_NO_A_LABELS : MIP_OK; /* there is room for any domain */
    else if (PyErr_ExceptionMatches(PyExc_ImportError))
        status = MIP_NO_IDNA;
    else
        status = PyErr_ExceptionMatches(PyExc_UnicodeError) ? MIP_NO_A_LABELS : MIP_NO_SPACE;
    if (status != MIP_NO_SPACE)
        PyErr_Clear();
    Py_XDECREF(a_labels);
    Py_XDECREF(module);
    return status;
}

static int check_str(PyObject *object, const char *what)
{
    if (PyUnicode_Check(object))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s must be str", what);
    return -1;
}

static int check_arguments(const char *function, Py_ssize_t given, Py_ssize_t wanted)
{
    if (given == wanted)
        return 0;
    PyErr_Format(PyExc_TypeError, "%s() takes %zd arguments, %zd given", function, wanted, given);
    return -1;
}

/* The octets of a field's name and value as two texts, and what keeps them. */
typedef struct {
    PyObject *name, *value;
    mip_text name_text, value_text;
    PyObject *name_owner, *value_owner;
} field;

static int field_init(field *f, PyObject *name, PyObject *value, int read)
{
    memset(f, 0, sizeof *f);
    if (check_str(name, "name") < 0 || check_str(value, "value") < 0)
        return -1;
    f->name = name;
    f->value = value;
    if (text_from_str_read(name, &f->name_text, &f->name_owner) < 0)
        return -1;
    if (read)
        return text_from_str_read(value, &f->value_text, &f->value_owner);
    if (text_from_str(value, &f->value_text, &f->value_owner) == 0)
        return 0;
    raise_surrogate(name, value);
    return -1;
}

static void field_clear(field *f)
{
    Py_XDECREF(f->name_owner);
    Py_XDECREF(f->value_owner);
}

/* max_line_length, linesep, utf8 and read, as the policy has them; `keep` is further behind. */
static int style_init(mip_style *style, PyObject *const *args, PyObject *keep)
{
    Py_ssize_t size;
    Py_ssize_t limit = args[0] == Py_None ? 0 : PyNumber_AsSsize_t(args[0], NULL);

    if (limit == -1 && PyErr_Occurred())
        return -1;
    style->max_line_length = limit > 0 ? (size_t)limit : 0;
    if (check_str(args[1], "linesep") < 0)
        return -1;
    style->linesep.data = PyUnicode_AsUTF8AndSize(args[1], &size);
    if (!style->linesep.data)
        return -1;
    style->linesep.size = (size_t)size;
    style->utf8 = PyObject_IsTrue(args[2]);
    style->read = PyObject_IsTrue(args[3]);
    style->keep = PyObject_IsTrue(keep);
    style->well_formed = 0;
    style->decode = decode_charset;
    style->to_a_labels = encode_domain;
    return style->utf8 < 0 || style->read < 0 || style->keep < 0 ? -1 : 0;
}

static PyObject *fold(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    field f;
    mip_style style;
    mip_syntax syntax;
    mip_result result;
    PyObject *folded = NULL;
    int protected;

    (void)module;
    if (check_arguments("fold", count, 8) < 0 || style_init(&style, args + 2, args[7]) < 0)
        return NULL;
    protected = PyObject_IsTrue(args[6]);
    if (protected < 0)
        return NULL;
    if (field_init(&f, args[0], args[1], style.read) == 0) {
        buffer_init(&b);
        style.well_formed = !f.value_owner;
        syntax = mip_syntax_of(f.name_text);
        if (protected && syntax == MIP_UNSTRUCTURED)
            syntax = MIP_TOKENS;
        result = mip_fold(f.name_text, f.value_text, syntax, &style, &b.output);
        if (result.status != MIP_OK)
            raise_result(result, f.name, f.value);
        else
            folded = PyBytes_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
        PyMem_Free(b.heap);
    }
    field_clear(&f);
    return folded;
}

static PyObject *check(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    field f;
    mip_result result;
    PyObject *checked = NULL;

    (void)module;
    if (check_arguments("check", count, 2) < 0)
        return NULL;
    if (field_init(&f, args[0], args[1], 0) == 0) {
        buffer_init(&b);
        result = mip_check(f.name_text, f.value_text, decode_charset, &b.output);
        if (result.status != MIP_OK) {
            raise_result(result, f.name, f.value);
        } else {
            Py_INCREF(Py_None);
            checked = Py_None;
        }
        PyMem_Free(b.heap);
    }
    field_clear(&f);
    return checked;
}

/* What a header object shows: the value itself, another str, or None where the core cannot say. */
static PyObject *show_field(const field *f, Py_ssize_t view)
{
    buffer b;
    mip_result result = {MIP_NO_VIEW, 0};
    PyObject *shown = NULL;

    buffer_init(&b);
    if (!f->value_owner)
        result = mip_show(f->value_text, (mip_view)view, &b.output);
    if (result.status == MIP_NO_SPACE)
        PyErr_NoMemory();
    else if (result.status == MIP_OK && b.output.size > 0)
        shown = PyUnicode_DecodeUTF8(b.output.data, (Py_ssize_t)b.output.size, NULL);
    else
        Py_XINCREF(shown = result.status == MIP_OK ? f->value : Py_None);
    PyMem_Free(b.heap);
    return shown;
}

/* show(name, value, view, is_set, /): check() for a value that is set, and what is shown of it. */
static PyObject *show(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    field f;
    mip_result result = {MIP_OK, 0};
    PyObject *shown = NULL;
    Py_ssize_t view;
    int is_set;

    (void)module;
    if (check_arguments("show", count, 4) < 0)
        return NULL;
    view = PyNumber_AsSsize_t(args[2], NULL);
    is_set = PyObject_IsTrue(args[3]);
    if (is_set < 0 || (view == -1 && PyErr_Occurred()))
        return NULL;
    if (field_init(&f, args[0], args[1], !is_set) == 0) {
        buffer_init(&b);
        if (is_set)
            result = mip_check(f.name_text, f.value_text, decode_charset, &b.output);
        if (result.status != MIP_OK)
            raise_result(result, f.name, f.value);
        else
            shown = show_field(&f, view);
        PyMem_Free(b.heap);
    }
    field_clear(&f);
    return shown;
}

static PyObject *unfold(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    field f;
    mip_result result;
    PyObject *unfolded = NULL;

    (void)module;
    if (check_arguments("unfold", count, 2) < 0)
        return NULL;
    if (field_init(&f, args[0], args[1], 1) == 0) {
        buffer_init(&b);
        result = mip_unfold(f.name_text, f.value_text, &b.output);
        if (result.status != MIP_OK)
            raise_result(result, f.name, f.value);
        else if (b.output.size == f.value_text.size)
            Py_INCREF(unfolded = f.value);
        else
            unfolded = PyUnicode_DecodeUTF8(b.output.data, (Py_ssize_t)b.output.size, "surrogateescape");
        PyMem_Free(b.heap);
    }
    field_clear(&f);
    return unfolded;
}

static PyObject *syntax_of(PyObject *module, PyObject *name)
{
    static const char *const names[] = {
        [MIP_UNSTRUCTURED] = "unstructured", [MIP_PHRASES] = "phrases", [MIP_ADDRESSES] = "addresses",
        [MIP_PARAMETERS] = "parameters",     [MIP_MSG_IDS] = "msg-ids", [MIP_TOKENS] = "tokens",
        [MIP_TAGS] = "tags",
    };
    mip_text text;
    PyObject *owner, *syntax = NULL;

    (void)module;
    if (check_str(name, "name") < 0)
        return NULL;
    if (text_from_str_read(name, &text, &owner) == 0)
        syntax = PyUnicode_FromString(names[mip_syntax_of(text)]);
    Py_XDECREF(owner);
    return syntax;
}

static PyObject *msg_ids(PyObject *module, PyObject *value)
{
    mip_msg_ids ids = {{NULL, 0}, 0, 0};
    mip_text msg_id;
    PyObject *owner, *list = NULL, *tuple = NULL;

    (void)module;
    if (check_str(value, "value") < 0)
        return NULL;
    if (text_from_str_read(value, &ids.body, &owner) == 0)
        list = PyList_New(0);
    while (list && (msg_id = mip_next_msg_id(&ids)).size > 0) {
        PyObject *str = PyUnicode_DecodeUTF8(msg_id.data, (Py_ssize_t)msg_id.size, "surrogateescape");
        if (!str || PyList_Append(list, str) < 0)
            Py_CLEAR(list);
        Py_XDECREF(str);
    }
    if (list)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    Py_XDECREF(owner);
    return tuple;
}

/* One more than the forks between the process that loaded this and the one that runs; 0 until they are counted.
 * os.fork() tells Python, but a server in C that forks, as uWSGI does, tells nobody else. */
static unsigned long forks;

#ifndef _WIN32
static void count_fork(void)
{
    forks++;
}
#endif

static int count_forks(PyObject *module)
{
    (void)module;
#ifndef _WIN32
    if (forks == 0 && pthread_atfork(NULL, NULL, count_fork) != 0) {
        PyErr_NoMemory();
        return -1;
    }
    if (forks == 0)
        forks = 1;
#endif
    return 0;
}

static PyObject *fork_count(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    return PyLong_FromUnsignedLong(forks & 0xFFFFFFFF);
}

static unsigned long read_number(const unsigned char *octets, size_t size)
{
    unsigned long number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | octets[i];
    return number;
}

enum { FORKS_OCTETS = 4, LEFT_OCTETS = 2, POOL_HEAD = FORKS_OCTETS + LEFT_OCTETS };

/* Take the octets for one msg-id from a pool: a bytearray that begins with the number of forks when it was filled, and
 * with how many msg-ids the octets behind that are for, the higher octets first. */
static int take_entropy(PyObject *pool, unsigned char entropy[MIP_MSG_ID_ENTROPY])
{
    unsigned char *octets;
    size_t left;

    if (!PyByteArray_Check(pool) || PyByteArray_Size(pool) < POOL_HEAD) {
        PyErr_SetString(PyExc_TypeError, "pool must be bytearray");
        return -1;
    }
    octets = (unsigned char *)PyByteArray_AsString(pool);
    left = (size_t)read_number(octets + FORKS_OCTETS, LEFT_OCTETS);
    if (read_number(octets, FORKS_OCTETS) != (forks & 0xFFFFFFFF) || left == 0 ||
        (size_t)PyByteArray_Size(pool) < POOL_HEAD + left * MIP_MSG_ID_ENTROPY) {
        PyErr_SetString(PyExc_EOFError, "the pool is used up");
        return -1;
    }
    left--;
    octets[FORKS_OCTETS] = (unsigned char)(left >> 8);
    octets[FORKS_OCTETS + 1] = (unsigned char)(left & 0xFF);
    memcpy(entropy, octets + POOL_HEAD + left * MIP_MSG_ID_ENTROPY, MIP_MSG_ID_ENTROPY);
    return 0;
}

static PyObject *make_msg_id(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    unsigned char entropy[MIP_MSG_ID_ENTROPY];
    mip_text idstring = {"", 0}, domain;
    mip_result result;
    PyObject *idstring_owner = NULL, *domain_owner = NULL, *msg_id = NULL, *name;
    unsigned long long time;

    (void)module;
    if (check_arguments("make_msg_id", count, 4) < 0 || check_str(args[3], "domain") < 0 ||
        (args[2] != Py_None && check_str(args[2], "idstring") < 0))
        return NULL;
    time = PyLong_AsUnsignedLongLong(args[0]);
    if ((time == (unsigned long long)-1 && PyErr_Occurred()) || take_entropy(args[1], entropy) < 0)
        return NULL;
    if ((args[2] == Py_None || text_from_str_read(args[2], &idstring, &idstring_owner) == 0) &&
        text_from_str_read(args[3], &domain, &domain_owner) == 0) {
        buffer_init(&b);
        result = mip_make_msg_id(time / 1000000, entropy, idstring, domain, &b.output);
        if (result.status == MIP_OK) {
            msg_id = PyUnicode_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
        } else {
            name = PyUnicode_FromString("Message-ID");
            if (name)
                raise_result(result, name, args[result.status == MIP_BAD_IDSTRING ? 2 : 3]);
            Py_XDECREF(name);
        }
        PyMem_Free(b.heap);
    }
    Py_XDECREF(idstring_owner);
    Py_XDECREF(domain_owner);
    return msg_id;
}

#define FASTCALL(function) ((PyCFunction)(void (*)(void))(function))

static PyMethodDef methods[] = {
    {"fold", FASTCALL(fold), METH_FASTCALL,
     "fold(name, value, max_line_length, linesep, utf8, read, protected, keep, /) -> bytes"},
    {"check", FASTCALL(check), METH_FASTCALL, "check(name, value, /) -> None"},
    {"show", FASTCALL(show), METH_FASTCALL, "show(name, value, view, is_set, /) -> str or None"},
    {"unfold", FASTCALL(unfold), METH_FASTCALL, "unfold(name, value, /) -> str"},
    {"syntax_of", syntax_of, METH_O, "syntax_of(name, /) -> str"},
    {"msg_ids", msg_ids, METH_O, "msg_ids(value, /) -> tuple"},
    {"make_msg_id", FASTCALL(make_msg_id), METH_FASTCALL, "make_msg_id(time_ns, pool, idstring, domain, /) -> str"},
    {"forks", fork_count, METH_NOARGS, "forks() -> int"},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)count_forks},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "msgidpolicy._core",
    .m_doc = "The C core, for Python.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
