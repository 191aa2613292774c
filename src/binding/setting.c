#include "binding.h"

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

/* A header object as MsgIdPolicy.header_store_parse() makes it: it keeps the name, the value, and what is known of
 * it. */
static PyObject *make_header(PyObject *const *names, PyObject *class, PyObject *shown, const field *f, mip_known known)
{
    PyObject *header = NULL, *dict = PyDict_New(), *number = PyLong_FromUnsignedLong(known);

    if (dict && number && PyDict_SetItem(dict, names[NAME_FIELD_NAME], f->name) == 0 &&
        PyDict_SetItem(dict, names[NAME_VALUE], f->value) == 0 && PyDict_SetItem(dict, names[NAME_KNOWN], number) == 0)
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

/* What a FieldRegistry has found for a name: a class of header objects, how the core shows them, and the most that a message
 * may have, 0 for any number. */
typedef struct {
    PyObject *class;
    Py_ssize_t view, most;
} field_kind;

/* Take that of (class, view, most); 0 where the core cannot show them, -1 with an error set. */
static int kind_init(field_kind *kind, PyObject *found)
{
    PyObject *class = PyTuple_GetItem(found, 0), *view = PyTuple_GetItem(found, 1), *most = PyTuple_GetItem(found, 2);

    if (!class || !view || !most)
        return -1;
    if (view == Py_None || !PyType_Check(class) || !PyType_IsSubtype((PyTypeObject *)class, &PyUnicode_Type))
        return 0;
    kind->class = class;
    kind->view = PyLong_AsSsize_t(view);
    kind->most = most == Py_None ? 0 : PyLong_AsSsize_t(most);
    return PyErr_Occurred() ? -1 : 1;
}

/* Append the header object of a value that may be set; 0 where a line end is to be taken off first, -1 with an error set. */
static int append_shown(PyObject *const *names, PyObject *items, const field_kind *kind, const field *f)
{
    mip_known known = 0;
    PyObject *shown = check_and_show(f, kind->view, &known), *header;
    int appended;

    if (!shown || shown == Py_None) {
        Py_XDECREF(shown);
        return shown ? 0 : -1;
    }
    header = make_header(names, kind->class, shown, f, known);
    appended = header && append_item(items, f->name, header) == 0 ? 1 : -1;
    Py_XDECREF(header);
    Py_DECREF(shown);
    return appended;
}

/* Append a field; 0 where there are as many as may be, or else as append_shown(). */
static int append_field(PyObject *const *names, PyObject *items, const field_kind *kind, PyObject *name, PyObject *value)
{
    field f;
    int appended = -1;

    if (field_init(&f, name, value, 0) == 0) {
        int is_full = kind->most > 0 && find_item(items, f.name, f.name_text, kind->most) >= 0;

        if (!PyErr_Occurred())
            appended = is_full ? 0 : append_shown(names, items, kind, &f);
    }
    field_clear(&f);
    return appended;
}

/* An attribute of an object of exactly this class; NULL for one of another, without an error. */
static PyObject *attribute_of(PyObject *object, PyObject *class, PyObject *name)
{
    return object && (PyObject *)Py_TYPE(object) == class ? PyObject_GetAttr(object, name) : NULL;
}

/* What stands in a dict for a name; a subclass may find what is missing. */
static PyObject *found_in(PyObject *dict, PyObject *name)
{
    PyObject *found = PyDict_Check(dict) ? dict_item(dict, name) : NULL;

    return found || PyErr_Occurred() ? found : PyObject_GetItem(dict, name);
}

/* Set a field of a message, whose fields are a list, of the kind that was found for its name; 0 where Python's code has to do
 * it. */
static int set_found(PyObject *const *names, PyObject *message, PyObject *found, PyObject *name, PyObject *value)
{
    field_kind kind;
    int set = kind_init(&kind, found);
    PyObject *items = set > 0 ? PyObject_GetAttr(message, names[NAME_FIELDS]) : NULL;

    if (set > 0 && !items)
        set = -1;
    if (set > 0)
        set = PyList_Check(items) ? append_field(names, items, &kind, name, value) : 0;
    Py_XDECREF(items);
    return set;
}

/* set_field(message, name, value, policy_class, registry_class) -> bool: one call for all that a field costs, as a message has
 * many. */
PyObject *set_field(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    PyObject *const *names = PyModule_GetState(module), *policy, *registry, *kinds, *found;
    int set = 0;

    if (check_arguments("set_field", count, 5) < 0)
        return NULL;
    if (!PyUnicode_CheckExact(args[2]))
        return PyBool_FromLong(0);
    policy = PyObject_GetAttr(args[0], names[NAME_POLICY]);
    registry = attribute_of(policy, args[3], names[NAME_FACTORY]);
    kinds = attribute_of(registry, args[4], names[NAME_FOUND]);
    found = kinds ? found_in(kinds, args[1]) : NULL;
    if (found)
        set = set_found(names, args[0], found, args[1], args[2]);
    Py_XDECREF(found);
    Py_XDECREF(kinds);
    Py_XDECREF(registry);
    Py_XDECREF(policy);
    return PyErr_Occurred() ? NULL : PyBool_FromLong(set);
}
