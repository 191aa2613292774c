#include "binding.h"

/* Clear an error that says what is wrong with octets, a charset or a domain.  Returns 0 where it says something else:
 * that the program is to stop, or that memory or stack ran out. */
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
static PyObject *decode_octets_of(mip_text charset, mip_text octets, const char *errors)
{
    PyObject *codec = find_codec(charset), *str = NULL;
    const char *name = codec ? PyUnicode_AsUTF8AndSize(codec, NULL) : NULL;

    if (name)
        str = PyUnicode_Decode(octets.data, (Py_ssize_t)octets.size, name, errors);
    Py_XDECREF(codec);
    return str;
}

int decode_charset(mip_text charset, mip_text octets, mip_output *utf8)
{
    PyObject *str = decode_octets_of(charset, octets, "strict");
    const char *data = NULL;
    Py_ssize_t size = 0;
    int failed;

    if (str)
        data = PyUnicode_AsUTF8AndSize(str, &size);
    if (data)
        failed = buffer_append(utf8, data, size) < 0 ? 1 : 0;
    else
        failed = clear_error_of_text() ? -1 : 1;
    Py_XDECREF(str);
    return failed;
}

int decode_charset_loosely(mip_text charset, mip_text octets, mip_output *utf8)
{
    PyObject *str = decode_octets_of(charset, octets, "surrogateescape"), *owner = NULL;
    mip_text text = {NULL, 0};
    int failed;

    if (str && text_from_str_read(str, &text, &owner) == 0)
        failed = buffer_append(utf8, text.data, (Py_ssize_t)text.size) < 0 ? 1 : 0;
    else
        failed = clear_error_of_text() ? -1 : 1;
    Py_XDECREF(owner);
    Py_XDECREF(str);
    return failed;
}

mip_status encode_domain(mip_text domain, mip_output *ascii)
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
        status = buffer_append(ascii, data, size) < 0 ? MIP_NO_A_LABELS : MIP_OK; /* there is room for any domain */
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
