#include "binding.h"

#include "lex/span.h"

/* What a header object of ours keeps in its dict, and the attribute of its class that says so.  The names are made once a
 * call, interned: the dicts have the same objects for keys. */
typedef struct {
    PyObject *view, *name, *value, *read, *known;
} header_names;

static int header_names_init(header_names *names)
{
    names->view = PyUnicode_InternFromString("_view");
    names->name = PyUnicode_InternFromString("_field_name");
    names->value = PyUnicode_InternFromString("_value");
    names->read = PyUnicode_InternFromString("_read");
    names->known = PyUnicode_InternFromString("_known");
    return names->view && names->name && names->value && names->read && names->known ? 0 : -1;
}

static void header_names_clear(header_names *names)
{
    Py_XDECREF(names->view);
    Py_XDECREF(names->name);
    Py_XDECREF(names->value);
    Py_XDECREF(names->read);
    Py_XDECREF(names->known);
}

/* Is an object a header object that the core folds by what it keeps?  Its class has a view then. */
static int is_known(const header_names *names, PyObject *header)
{
    PyObject *view;

    if (PyUnicode_CheckExact(header) || !PyUnicode_Check(header))
        return 0;
    view = PyObject_GetAttr((PyObject *)Py_TYPE(header), names->view);
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

/* What was found out of a value when it was set; 0 where a header object keeps nothing of that. */
static int known_of(PyObject *dict, PyObject *key, mip_known *known)
{
    PyObject *number = NULL;

    *known = 0;
#ifdef Py_GIL_DISABLED
    if (PyDict_GetItemRef(dict, key, &number) < 0)
        return -1;
#else
    Py_XINCREF(number = PyDict_GetItemWithError(dict, key));
#endif
    if (!number)
        return PyErr_Occurred() ? -1 : 0;
    *known = (mip_known)PyLong_AsUnsignedLongMask(number);
    Py_DECREF(number);
    return PyErr_Occurred() ? -1 : 0;
}

static int fold_header(const header_names *names, PyObject *header, mip_style *style, mip_output *output)
{
    PyObject *dict = PyObject_GenericGetDict(header, NULL), *name = NULL, *value = NULL, *read = NULL;
    int folded = -1;

    if (dict)
        name = PyObject_GetItem(dict, names->name);
    if (name)
        value = PyObject_GetItem(dict, names->value);
    if (value)
        read = PyObject_GetItem(dict, names->read);
    if (read)
        style->read = PyObject_IsTrue(read);
    if (read && style->read >= 0 && known_of(dict, names->known, &style->known) == 0)
        folded = fold_value(name, value, style, output);
    Py_XDECREF(read);
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

/* An item is a tuple of name and value. */
static int check_item(PyObject *item)
{
    if (PyTuple_Check(item) && PyTuple_Size(item) == 2 && PyUnicode_Check(PyTuple_GetItem(item, 0)))
        return 0;
    PyErr_SetString(PyExc_TypeError, "a field must be a tuple of name and value");
    return -1;
}

static int check_list(PyObject *items)
{
    if (PyList_Check(items))
        return 0;
    PyErr_SetString(PyExc_TypeError, "items must be list");
    return -1;
}

static int fold_item(const header_names *names, PyObject *item, PyObject *other, mip_style *style, mip_output *output)
{
    PyObject *name, *value;

    if (check_item(item) < 0)
        return -1;
    name = PyTuple_GetItem(item, 0);
    value = PyTuple_GetItem(item, 1);
    return is_known(names, value) ? fold_header(names, value, style, output) : fold_by(other, name, value, output);
}

/* fold_all(items, other, max_line_length, linesep, utf8, keep) -> bytes */
PyObject *fold_all(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    header_names names;
    mip_style style;
    PyObject *folded = NULL;
    Py_ssize_t i = 0;

    (void)module;
    if (check_arguments("fold_all", count, 6) < 0 || check_list(args[0]) < 0 || style_init(&style, args + 2, args[5], NULL) < 0)
        return NULL;
    buffer_init(&b);
    if (header_names_init(&names) == 0) {
        while (i < PyList_Size(args[0])) {
            PyObject *item = PySequence_GetItem(args[0], i++); /* its own reference: `other` is code of anybody's */
            int failed = !item || fold_item(&names, item, args[1], &style, &b.output) < 0;
            Py_XDECREF(item);
            if (failed)
                break;
        }
        if (!PyErr_Occurred())
            folded = PyBytes_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
    }
    header_names_clear(&names);
    PyMem_Free(b.heap);
    return folded;
}

/* Is a str this name, whatever its case?  The names of most fields have another length, and that costs nothing. */
static int is_same_name(PyObject *str, mip_text name, size_t characters)
{
    mip_text text;
    PyObject *owner;
    int same;

    if ((size_t)PyUnicode_GetLength(str) != characters || text_from_str_read(str, &text, &owner) < 0)
        return 0;
    same = span_is_same(text, name);
    Py_XDECREF(owner);
    return same;
}

/* The index of the `place`-th item of this name; -1 where there is none, or with an error set. */
static Py_ssize_t find_item(PyObject *items, PyObject *str, mip_text name, Py_ssize_t place)
{
    size_t characters = (size_t)PyUnicode_GetLength(str);

    for (Py_ssize_t i = 0; i < PyList_Size(items); i++) {
        PyObject *item = PySequence_GetItem(items, i);
        int failed = !item || check_item(item) < 0;

        if (!failed && is_same_name(PyTuple_GetItem(item, 0), name, characters))
            place--;
        Py_XDECREF(item);
        if (failed || PyErr_Occurred())
            return -1;
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
    if (check_arguments("find_field", count, 2) < 0 || check_list(args[0]) < 0 || check_str(args[1], "name") < 0)
        return NULL;
    if (text_from_str_read(args[1], &name, &owner) == 0)
        index = find_item(args[0], args[1], name, 1);
    Py_XDECREF(owner);
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(index);
}

/* str.__new__; before 3.10, PyType_GetSlot() takes no static type. */
static newfunc str_new(void)
{
#if PY_VERSION_HEX >= 0x030A0000
    return (newfunc)PyType_GetSlot(&PyUnicode_Type, Py_tp_new);
#else
    return PyUnicode_Type.tp_new;
#endif
}

/* A str of a class derived from str, without what the class does when it is called. */
static PyObject *new_str(PyObject *class, PyObject *text)
{
    newfunc new = str_new();
    PyObject *args = PyTuple_Pack(1, text), *str = NULL;

    if (args)
        str = new ((PyTypeObject *)class, args, NULL);
    Py_XDECREF(args);
    return str;
}

/* A header object as MsgIdPolicy.header_store_parse() makes it: it keeps the name, the value, that it was set, and what is
 * known of it, under these keys. */
static PyObject *make_header(PyObject *class, PyObject *keys, PyObject *shown, const field *f, mip_known known)
{
    PyObject *header = NULL, *dict = PyDict_New(), *number = PyLong_FromUnsignedLong(known);

    if (dict && number && PyDict_SetItem(dict, PyTuple_GetItem(keys, 0), f->name) == 0 &&
        PyDict_SetItem(dict, PyTuple_GetItem(keys, 1), f->value) == 0 &&
        PyDict_SetItem(dict, PyTuple_GetItem(keys, 2), Py_False) == 0 &&
        PyDict_SetItem(dict, PyTuple_GetItem(keys, 3), number) == 0)
        header = new_str(class, shown);
    if (header && PyObject_GenericSetDict(header, dict, NULL) < 0)
        Py_CLEAR(header);
    Py_XDECREF(number);
    Py_XDECREF(dict);
    return header;
}

static int append_item(PyObject *items, PyObject *name, PyObject *header)
{
    PyObject *item = PyTuple_Pack(2, name, header);
    int appended = item ? PyList_Append(items, item) : -1;

    Py_XDECREF(item);
    return appended;
}

/* Append the header object of a value that may be set; 0 where a line end is to be taken off first, -1 with an error set. */
static int append_shown(PyObject *items, PyObject *class, Py_ssize_t view, PyObject *keys, const field *f)
{
    mip_known known = 0;
    PyObject *shown = check_and_show(f, view, &known), *header;
    int appended;

    if (!shown || shown == Py_None) {
        Py_XDECREF(shown);
        return shown ? 0 : -1;
    }
    header = make_header(class, keys, shown, f, known);
    appended = header && append_item(items, f->name, header) == 0 ? 1 : -1;
    Py_XDECREF(header);
    Py_DECREF(shown);
    return appended;
}

static int check_append_arguments(PyObject *items, PyObject *class, PyObject *keys)
{
    if (PyList_Check(items) && PyType_Check(class) && PyType_IsSubtype((PyTypeObject *)class, &PyUnicode_Type) &&
        PyTuple_Check(keys) && PyTuple_Size(keys) == 4)
        return 0;
    PyErr_SetString(PyExc_TypeError, "items must be list, class one of str, keys a tuple of four");
    return -1;
}

/* append_field(items, name, value, class, view, most, keys) -> bool */
PyObject *append_field(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    field f;
    Py_ssize_t view, most;
    int appended = -1;

    (void)module;
    if (check_arguments("append_field", count, 7) < 0 || check_append_arguments(args[0], args[3], args[6]) < 0)
        return NULL;
    view = PyNumber_AsSsize_t(args[4], NULL);
    if (view == -1 && PyErr_Occurred())
        return NULL;
    most = args[5] == Py_None ? 0 : PyNumber_AsSsize_t(args[5], NULL);
    if (most == -1 && PyErr_Occurred())
        return NULL;
    if (field_init(&f, args[1], args[2], 0) == 0) {
        int is_full = most > 0 && find_item(args[0], f.name, f.name_text, most) >= 0;
        if (!PyErr_Occurred())
            appended = is_full ? 0 : append_shown(args[0], args[3], view, args[6], &f);
    }
    field_clear(&f);
    return appended < 0 ? NULL : PyBool_FromLong(appended);
}
