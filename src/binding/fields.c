#include "binding.h"

/* Is an object a header object that the core folds by what it keeps?  Its class has a view then. */
static int is_known(PyObject *const *names, PyObject *header)
{
    PyObject *view;

    if (PyUnicode_CheckExact(header) || !PyUnicode_Check(header))
        return 0;
    view = PyObject_GetAttr((PyObject *)Py_TYPE(header), names[NAME_VIEW]);
    if (!view)
        PyErr_Clear();
    Py_XDECREF(view);
    return view && view != Py_None;
}

static int fold_value(PyObject *name, PyObject *value, mip_style *style, mip_output *output)
{
    field f;
    mip_result result;
    int folded = -1;

    if (field_init(&f, name, value, style->read) == 0) {
        style->well_formed = !f.value_owner;
        result = mip_fold(f.name_text, f.value_text, mip_syntax_of(f.name_text), style, output);
        if (result.status == MIP_OK)
            folded = 0;
        else
            raise_result(result, name, value);
    }
    field_clear(&f);
    return folded;
}

/* What every header object of ours keeps. */
static PyObject *kept_in(PyObject *dict, PyObject *key)
{
    PyObject *kept = dict_item(dict, key);

    if (!kept && !PyErr_Occurred())
        PyErr_SetObject(PyExc_KeyError, key);
    return kept;
}

/* What was found out of a value when it was set; 0 where a header object keeps nothing of that. */
static int known_of(PyObject *dict, PyObject *key, mip_known *known)
{
    PyObject *number = dict_item(dict, key);

    *known = number ? (mip_known)PyLong_AsUnsignedLongMask(number) : 0;
    Py_XDECREF(number);
    return PyErr_Occurred() ? -1 : 0;
}

/* Does a header object say that its value was read?  One that says nothing of that was set. */
static int was_read(PyObject *dict, PyObject *key, int *read)
{
    PyObject *found = dict_item(dict, key);

    *read = found ? PyObject_IsTrue(found) : 0;
    Py_XDECREF(found);
    return PyErr_Occurred() ? -1 : 0;
}

static int fold_header(PyObject *const *names, PyObject *header, mip_style *style, mip_output *output)
{
    PyObject *dict = PyObject_GenericGetDict(header, NULL), *name = NULL, *value = NULL;
    int folded = -1;

    if (dict)
        name = kept_in(dict, names[NAME_FIELD_NAME]);
    if (name)
        value = kept_in(dict, names[NAME_VALUE]);
    if (value && was_read(dict, names[NAME_READ], &style->read) == 0 && known_of(dict, names[NAME_KNOWN], &style->known) == 0)
        folded = fold_value(name, value, style, output);
    Py_XDECREF(value);
    Py_XDECREF(name);
    Py_XDECREF(dict);
    return folded;
}

/* What a function makes of a field: octets. */
static int fold_by(PyObject *function, PyObject *name, PyObject *value, mip_output *output)
{
    PyObject *octets = PyObject_CallFunctionObjArgs(function, name, value, NULL);
    char *data;
    Py_ssize_t size;
    int folded = -1;

    if (octets && PyBytes_AsStringAndSize(octets, &data, &size) == 0) {
        folded = buffer_append(output, data, size);
        if (folded < 0)
            PyErr_NoMemory();
    }
    Py_XDECREF(octets);
    return folded;
}

static int fold_item(PyObject *const *names, PyObject *item, PyObject *other, mip_style *style, mip_output *output)
{
    PyObject *name = item_name(item), *value;

    if (!name)
        return -1;
    value = PyTuple_GetItem(item, 1);
    return is_known(names, value) ? fold_header(names, value, style, output) : fold_by(other, name, value, output);
}

/* fold_all(items, other, max_line_length, linesep, utf8, keep) -> bytes */
PyObject *fold_all(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    mip_style style;
    PyObject *const *names = PyModule_GetState(module), *folded = NULL;
    int failed = 0;

    if (check_arguments("fold_all", count, 6) < 0 || check_items(args[0]) < 0 ||
        style_init(&style, args + 2, args[5], NULL) < 0)
        return NULL;
    buffer_init(&b);
    for (Py_ssize_t i = 0; !failed && i < PyList_Size(args[0]); i++) {
        PyObject *item = list_item(args[0], i); /* its own reference: `other` is code of anybody's */

        failed = !item || fold_item(names, item, args[1], &style, &b.output) < 0;
        Py_XDECREF(item);
    }
    if (!failed)
        folded = PyBytes_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
    PyMem_Free(b.heap);
    return folded;
}
