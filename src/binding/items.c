#include "binding.h"

#include "lex/span.h"

PyObject *list_item(PyObject *list, Py_ssize_t index)
{
#if IS_SINCE(0x030D0000)
    return PyList_GetItemRef(list, index);
#else
    PyObject *item = PyList_GetItem(list, index);

    Py_XINCREF(item);
    return item;
#endif
}

PyObject *dict_item(PyObject *dict, PyObject *key)
{
    PyObject *item;

#if IS_SINCE(0x030D0000)
    PyDict_GetItemRef(dict, key, &item);
#else
    item = PyDict_GetItemWithError(dict, key);
    Py_XINCREF(item);
#endif
    return item;
}

int check_items(PyObject *items)
{
    if (PyList_Check(items))
        return 0;
    PyErr_SetString(PyExc_TypeError, "items must be list");
    return -1;
}

PyObject *item_name(PyObject *item)
{
    PyObject *name = PyTuple_Check(item) && PyTuple_Size(item) == 2 ? PyTuple_GetItem(item, 0) : NULL;

    if (name && PyUnicode_Check(name))
        return name;
    PyErr_SetString(PyExc_TypeError, "a field must be a tuple of name and value");
    return NULL;
}

/* Is a str this name, whatever its case?  -1 with an error set.  The names of most fields have another length, and that costs
 * nothing. */
static int is_same_name(PyObject *str, mip_text name, Py_ssize_t characters)
{
    mip_text text;
    PyObject *owner;
    int same;

    if (PyUnicode_GetLength(str) != characters)
        return 0;
    if (text_from_str_read(str, &text, &owner) < 0)
        return -1;
    same = span_is_same(text, name);
    Py_XDECREF(owner);
    return same;
}

Py_ssize_t find_item(PyObject *items, PyObject *str, mip_text name, Py_ssize_t place)
{
    Py_ssize_t characters = PyUnicode_GetLength(str);

    for (Py_ssize_t i = 0; i < PyList_Size(items); i++) {
        PyObject *item = list_item(items, i), *other = item ? item_name(item) : NULL;
        int same = other ? is_same_name(other, name, characters) : -1;

        Py_XDECREF(item);
        if (same < 0)
            return -1;
        place -= same;
        if (place == 0)
            return i;
    }
    return -1;
}

/* find_field(items, name) -> int */
PyObject *find_field(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    mip_text name;
    PyObject *owner = NULL;
    Py_ssize_t index = -1;

    (void)module;
    if (check_arguments("find_field", count, 2) < 0 || check_items(args[0]) < 0 || check_str(args[1], "name") < 0)
        return NULL;
    if (text_from_str_read(args[1], &name, &owner) == 0)
        index = find_item(args[0], args[1], name, 1);
    Py_XDECREF(owner);
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(index);
}
