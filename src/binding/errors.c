#include "binding.h"

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

/* The reason, in the words of Python's users, who say header name; for a line end the sentence of CPython's, which
 * programs look for. */
static const char *reason_of(mip_status status)
{
    switch (status) {
    case MIP_BAD_FIELD_NAME:
        return "an invalid header name: only printable US-ASCII characters without \":\" make one";
    case MIP_LINE_END:
        return "Header values may not contain linefeed or carriage return characters";
    case MIP_NOT_ASCII: /* some words are those that CPython's tests look for */
        return "a non-ASCII character here, as in the local-part of an addr-spec, needs a policy with utf8=True (SMTPUTF8)";
    case MIP_NO_IDNA:
        return "a domain that is not US-ASCII needs the package idna (pip install \"msgidpolicy[idna]\") or"
               " utf8=True (SMTPUTF8)";
    default:
        return mip_reason(status);
    }
}

void raise_result(mip_result result, PyObject *name, PyObject *value)
{
    PyObject *at = result.status == MIP_BAD_FIELD_NAME ? name : value;

    if (PyErr_Occurred())
        return;
    if (result.status == MIP_NO_SPACE)
        PyErr_NoMemory();
    else if (result.status == MIP_LIMIT_TOO_SMALL)
        raise_error("LimitError", name, 0, reason_of(result.status), at);
    else
        raise_error("FieldError", name, character_index(at, result.offset), reason_of(result.status), at);
}

void raise_surrogate(PyObject *name, PyObject *value)
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
