#include "binding.h"

#include <string.h>

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

void buffer_init(buffer *b)
{
    b->output.data = b->stack;
    b->output.size = 0;
    b->output.capacity = sizeof b->stack;
    b->output.grow = buffer_grow;
    b->heap = NULL;
}

int buffer_append(mip_output *output, const char *octets, Py_ssize_t size)
{
    size_t wanted = output->size + (size_t)size, half = output->capacity / 2;

    if (wanted > output->capacity &&
        (!output->grow || output->grow(output, wanted > output->capacity + half ? wanted : output->capacity + half) < 0))
        return -1;
    memcpy(output->data + output->size, octets, (size_t)size);
    output->size = wanted;
    return 0;
}

/* The octets that a str stands for where UTF-8 as such has none: `errors` says what becomes of lone surrogates. */
static int encode(PyObject *str, const char *errors, mip_text *text, PyObject **owner)
{
    Py_ssize_t size;
    char *data;

    PyErr_Clear();
    *owner = PyUnicode_AsEncodedString(str, "utf-8", errors);
    if (!*owner || PyBytes_AsStringAndSize(*owner, &data, &size) < 0)
        return -1;
    text->data = data;
    text->size = (size_t)size;
    return 0;
}

int text_from_str(PyObject *str, mip_text *text, PyObject **owner)
{
    Py_ssize_t size;

    *owner = NULL;
    text->data = PyUnicode_AsUTF8AndSize(str, &size);
    if (text->data) {
        text->size = (size_t)size;
        return 0;
    }
    return PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) ? encode(str, "surrogateescape", text, owner) : -1;
}

int text_from_str_read(PyObject *str, mip_text *text, PyObject **owner)
{
    if (text_from_str(str, text, owner) == 0)
        return 0;
    return PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) ? encode(str, "surrogatepass", text, owner) : -1;
}

int check_str(PyObject *object, const char *what)
{
    if (PyUnicode_Check(object))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s must be str, not %R", what, Py_TYPE(object));
    return -1;
}

int check_arguments(const char *function, Py_ssize_t given, Py_ssize_t wanted)
{
    if (given == wanted)
        return 0;
    PyErr_Format(PyExc_TypeError, "%s() takes %zd arguments, %zd given", function, wanted, given);
    return -1;
}

int field_init(field *f, PyObject *name, PyObject *value, int read)
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

void field_clear(field *f)
{
    Py_XDECREF(f->name_owner);
    Py_XDECREF(f->value_owner);
}

int style_init_lines(mip_style *style, PyObject *const *args)
{
    Py_ssize_t size, limit = args[0] == Py_None ? 0 : PyNumber_AsSsize_t(args[0], NULL);

    memset(style, 0, sizeof *style);
    if (limit == -1 && PyErr_ExceptionMatches(PyExc_TypeError))
        PyErr_Format(PyExc_TypeError, "max_line_length must be int or None, not %R", Py_TYPE(args[0]));
    if ((limit == -1 && PyErr_Occurred()) || check_str(args[1], "linesep") < 0)
        return -1;
    style->max_line_length = limit > 0 ? (size_t)limit : 0;
    style->linesep.data = PyUnicode_AsUTF8AndSize(args[1], &size);
    if (!style->linesep.data)
        return -1;
    style->linesep.size = (size_t)size;
    return 0;
}

int style_init(mip_style *style, PyObject *const *args, PyObject *keep, PyObject *known)
{
    if (style_init_lines(style, args) < 0)
        return -1;
    style->known = known ? (mip_known)PyLong_AsUnsignedLongMask(known) : 0;
    if (style->known == (mip_known)-1 && PyErr_Occurred())
        return -1;
    style->utf8 = PyObject_IsTrue(args[2]);
    style->read = 0;
    style->keep = PyObject_IsTrue(keep);
    style->decode = decode_charset;
    style->to_a_labels = encode_domain;
    return style->utf8 < 0 || style->keep < 0 ? -1 : 0;
}
