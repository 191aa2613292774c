#include "binding.h"

#include "shown.h"

/* As CPython has it, octets that are no UTF-8 are surrogates in addresses, and U+FFFD elsewhere. */
static PyObject *str_of(mip_text text, mip_part_kind kind)
{
    const char *errors = kind == MIP_PART_MAILBOX || kind == MIP_PART_GROUP ? "surrogateescape" : "replace";

    return PyUnicode_DecodeUTF8(text.data, (Py_ssize_t)text.size, errors);
}

/* A mip_part_taker: append (kind, first, second, third) to a list. */
static int take_part(void *list, const mip_part *part)
{
    PyObject *first = str_of(part->first, part->kind), *second = str_of(part->second, part->kind);
    PyObject *third = str_of(part->third, part->kind), *tuple = NULL;
    int failed = -1;

    if (first && second && third)
        tuple = Py_BuildValue("(iOOO)", (int)part->kind, first, second, third);
    if (tuple)
        failed = PyList_Append(list, tuple);
    Py_XDECREF(tuple);
    Py_XDECREF(third);
    Py_XDECREF(second);
    Py_XDECREF(first);
    return failed;
}

PyObject *parts(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    mip_text text;
    mip_status status;
    PyObject *owner = NULL, *list;
    Py_ssize_t view;

    (void)module;
    if (check_arguments("parts", count, 2) < 0 || check_str(args[0], "value") < 0)
        return NULL;
    view = PyNumber_AsSsize_t(args[1], NULL);
    if ((view == -1 && PyErr_Occurred()) || text_from_str_read(args[0], &text, &owner) < 0)
        return NULL;
    list = PyList_New(0);
    if (list) {
        buffer_init(&b);
        status = mip_read_parts(text, (mip_view)view, decode_charset_loosely, take_part, list, &b.output);
        PyMem_Free(b.heap);
        if (status != MIP_OK) {
            if (!PyErr_Occurred())
                PyErr_NoMemory();
            Py_CLEAR(list);
        }
    }
    Py_XDECREF(owner);
    return list;
}
