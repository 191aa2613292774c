#include "bodies.h"

#include "binding.h"

/* An encoder of bodies. */
typedef mip_status body_encoder(mip_text octets, size_t columns, mip_output *output);

/* function(octets, columns) -> str */
static PyObject *encode_body(const char *function, body_encoder *encode, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    mip_text octets;
    char *data;
    Py_ssize_t size, columns;
    PyObject *encoded = NULL;

    if (check_arguments(function, count, 2) < 0 || PyBytes_AsStringAndSize(args[0], &data, &size) < 0)
        return NULL;
    columns = PyNumber_AsSsize_t(args[1], PyExc_OverflowError);
    if (columns == -1 && PyErr_Occurred())
        return NULL;
    if (columns < MIP_LEAST_COLUMNS)
        return PyErr_Format(PyExc_ValueError, "columns must be at least %d", MIP_LEAST_COLUMNS);
    octets.data = data;
    octets.size = (size_t)size;
    buffer_init(&b);
    if (encode(octets, (size_t)columns, &b.output) == MIP_OK)
        encoded = PyUnicode_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
    else
        PyErr_NoMemory();
    PyMem_Free(b.heap);
    return encoded;
}

PyObject *base64(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return encode_body("base64", mip_base64, args, count);
}

PyObject *quoted_printable(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return encode_body("quoted_printable", mip_quoted_printable, args, count);
}

/* longest_line(text) -> int */
PyObject *longest_line(PyObject *module, PyObject *str)
{
    mip_text text;
    PyObject *owner = NULL, *longest = NULL;

    (void)module;
    if (check_str(str, "text") == 0 && text_from_str(str, &text, &owner) == 0)
        longest = PyLong_FromSize_t(mip_longest_line(text));
    Py_XDECREF(owner);
    return longest;
}

/* with_line_ends(text, linesep) -> bytes: written where it stays, as a body may be large */
PyObject *with_line_ends(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    mip_output output = {NULL, 0, 0, NULL};
    mip_text text, linesep;
    PyObject *text_owner = NULL, *linesep_owner = NULL, *octets = NULL;

    (void)module;
    if (check_arguments("with_line_ends", count, 2) < 0 || check_str(args[0], "text") < 0 || check_str(args[1], "linesep") < 0)
        return NULL;
    if (text_from_str(args[0], &text, &text_owner) == 0 && text_from_str(args[1], &linesep, &linesep_owner) == 0) {
        output.capacity = mip_size_with_line_ends(text, linesep);
        octets = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)output.capacity);
    }
    if (octets) {
        output.data = PyBytes_AsString(octets);
        mip_with_line_ends(text, linesep, &output);
    }
    Py_XDECREF(linesep_owner);
    Py_XDECREF(text_owner);
    return octets;
}
