#include "binding.h"

#include "shown.h"

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
    if (check_arguments("fold", count, count > 8 ? 9 : 8) < 0 ||
        style_init(&style, args + 2, args[7], count > 8 ? args[8] : NULL) < 0)
        return NULL;
    style.read = PyObject_IsTrue(args[5]);
    protected = PyObject_IsTrue(args[6]);
    if (style.read < 0 || protected < 0)
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
        result = mip_check(f.name_text, f.value_text, decode_charset, &b.output, NULL);
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

/* What a header object shows: the value itself, another str, or None where a line end is to be taken off first. */
static PyObject *show_field(const field *f, Py_ssize_t view)
{
    buffer b;
    mip_shown result;
    PyObject *shown = NULL;

    buffer_init(&b);
    result = mip_show(f->value_text, (mip_view)view, decode_charset_loosely, &b.output);
    if (result == MIP_SHOWN_NO_SPACE)
        raise_result((mip_result){MIP_NO_SPACE, 0}, f->name, f->value);
    else if (result == MIP_SHOWN)
        shown = PyUnicode_DecodeUTF8(b.output.data, (Py_ssize_t)b.output.size, "replace");
    else if (result == MIP_SHOWN_AS_IT_IS && f->value_owner)
        shown = PyUnicode_DecodeUTF8(f->value_text.data, (Py_ssize_t)f->value_text.size, "replace");
    else
        Py_XINCREF(shown = result == MIP_SHOWN_AS_IT_IS ? f->value : Py_None);
    PyMem_Free(b.heap);
    return shown;
}

/* Is a value that was checked shown as it is?  Text without an encoded-word is, and so are msg-ids; but a line end at the very
 * end, of which the check knows nothing. */
static int is_shown_as_it_is(const field *f, Py_ssize_t view, mip_known known)
{
    mip_text value = f->value_text;

    if (value.size > 0 && (value.data[value.size - 1] == '\n' || value.data[value.size - 1] == '\r'))
        return 0;
    return !f->value_owner && (known & MIP_KNOWN_NOTHING_TO_DECODE) && (known & MIP_KNOWN_NO_CONTROL) &&
           (view == MIP_VIEW_TEXT || view == MIP_VIEW_MSG_IDS);
}

PyObject *check_and_show(const field *f, Py_ssize_t view, mip_known *known)
{
    buffer b;
    mip_result result;
    PyObject *shown = NULL;

    buffer_init(&b);
    result = mip_check(f->name_text, f->value_text, decode_charset, &b.output, known);
    if (result.status != MIP_OK)
        raise_result(result, f->name, f->value);
    else if (is_shown_as_it_is(f, view, *known))
        Py_INCREF(shown = f->value);
    else
        shown = show_field(f, view);
    PyMem_Free(b.heap);
    return shown;
}

/* What is shown of a value that is set, and what is known of it: (shown, known). */
static PyObject *show_set(const field *f, Py_ssize_t view)
{
    mip_known known = 0;
    PyObject *shown = check_and_show(f, view, &known);

    return shown ? Py_BuildValue("(NI)", shown, known) : NULL;
}

/* show(name, value, view, is_set, /): check() for a value that is set, and what is shown of it. */
static PyObject *show(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    field f;
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
    if (field_init(&f, args[0], args[1], !is_set) == 0)
        shown = is_set ? show_set(&f, view) : show_field(&f, view);
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

/* keep(name, after_colon, limit, linesep, /): the field in the lines that it came in, or None where they may not go on. */
static PyObject *keep(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    field f;
    mip_style style = {0};
    mip_result result;
    PyObject *kept = NULL;

    (void)module;
    if (check_arguments("keep", count, 4) < 0 || style_init_lines(&style, args + 2) < 0)
        return NULL;
    if (field_init(&f, args[0], args[1], 1) == 0) {
        buffer_init(&b);
        result = mip_keep(f.name_text, f.value_text, &style, &b.output);
        if (result.status == MIP_NO_SPACE)
            PyErr_NoMemory();
        else if (result.status == MIP_OK)
            kept = PyBytes_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
        else
            Py_INCREF(kept = Py_None);
        PyMem_Free(b.heap);
    }
    field_clear(&f);
    return kept;
}

static PyObject *syntax_of(PyObject *module, PyObject *name)
{
    static const char *const names[] = {
        [MIP_UNSTRUCTURED] = "unstructured",
        [MIP_PHRASES] = "phrases",
        [MIP_ADDRESSES] = "addresses",
        [MIP_PARAMETERS] = "parameters",
        [MIP_MSG_IDS] = "msg-ids",
        [MIP_TOKENS] = "tokens",
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

#define FASTCALL(function) ((PyCFunction)(void (*)(void))(function))

/* What inspect.signature() reads ends with a line of "--". */
#define DOC(signature, result) signature "\n--\n\n-> " result

static PyMethodDef methods[] = {
    {"fold", FASTCALL(fold), METH_FASTCALL,
     DOC("fold(name, value, max_line_length, linesep, utf8, read, protected, keep, known=0, /)", "bytes")},
    {"fold_all", FASTCALL(fold_all), METH_FASTCALL,
     DOC("fold_all(items, other, max_line_length, linesep, utf8, keep, /)", "bytes")},
    {"set_field", FASTCALL(set_field), METH_FASTCALL,
     DOC("set_field(message, name, value, policy_class, registry_class, /)", "bool")},
    {"find_field", FASTCALL(find_field), METH_FASTCALL, DOC("find_field(items, name, /)", "int")},
    {"check", FASTCALL(check), METH_FASTCALL, DOC("check(name, value, /)", "None")},
    {"show", FASTCALL(show), METH_FASTCALL,
     DOC("show(name, value, view, is_set, /)", "str or None, or where it is set (that, known)")},
    {"keep", FASTCALL(keep), METH_FASTCALL, DOC("keep(name, after_colon, limit, linesep, /)", "bytes or None")},
    {"parts", FASTCALL(parts), METH_FASTCALL, DOC("parts(value, view, /)", "list")},
    {"unfold", FASTCALL(unfold), METH_FASTCALL, DOC("unfold(name, value, /)", "str")},
    {"syntax_of", syntax_of, METH_O, DOC("syntax_of(name, /)", "str")},
    {"msg_ids", msg_ids, METH_O, DOC("msg_ids(value, /)", "tuple")},
    {"make_msg_id", FASTCALL(make_msg_id), METH_FASTCALL, DOC("make_msg_id(time_ns, pool, idstring, domain, /)", "str")},
    {"base64", FASTCALL(base64), METH_FASTCALL, DOC("base64(octets, columns, /)", "str")},
    {"quoted_printable", FASTCALL(quoted_printable), METH_FASTCALL, DOC("quoted_printable(octets, columns, /)", "str")},
    {"longest_line", longest_line, METH_O, DOC("longest_line(text, /)", "int")},
    {"with_line_ends", FASTCALL(with_line_ends), METH_FASTCALL, DOC("with_line_ends(text, linesep, /)", "bytes")},
    {"forks", fork_count, METH_NOARGS, DOC("forks()", "int")},
    {NULL, NULL, 0, NULL},
};

#define DOCUMENTATION "The C core, for Python."

/* What is done when the module is loaded; a module that is exported (PEP 793) may have one such function. */
static int prepare(PyObject *module)
{
    return names_init(module) < 0 ? -1 : count_forks(module);
}

#ifdef Py_TARGET_ABI3T

/* One file for builds with and without the GIL (PEP 803), since 3.15: it knows no layout of a PyModuleDef. */
PyABIInfo_VAR(abi_info);

static PySlot slots[] = {
    PySlot_STATIC_DATA(Py_mod_abi, &abi_info),
    PySlot_STATIC_DATA(Py_mod_name, "msgidpolicy._core"),
    PySlot_STATIC_DATA(Py_mod_doc, DOCUMENTATION),
    PySlot_STATIC_DATA(Py_mod_methods, methods),
    PySlot_SIZE(Py_mod_state_size, NAMES * sizeof(PyObject *)),
    PySlot_FUNC(Py_mod_state_free, names_free),
    PySlot_FUNC(Py_mod_exec, prepare),
    PySlot_DATA(Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED),
    PySlot_DATA(Py_mod_gil, Py_MOD_GIL_NOT_USED),
    PySlot_END,
};

PyMODEXPORT_FUNC PyModExport__core(void)
{
    return slots;
}

#else

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)prepare},
#if IS_SINCE(0x030C0000)
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if IS_SINCE(0x030D0000)
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,  .m_name = "msgidpolicy._core",
    .m_doc = DOCUMENTATION, .m_size = NAMES * sizeof(PyObject *),
    .m_methods = methods,   .m_slots = slots,
    .m_free = names_free,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}

#endif
