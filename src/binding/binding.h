/* binding.h - msgidpolicy._core: str to octets, results to bytes and exceptions.
 *
 * Functions only: no types, no static object but the count of forks; the module keeps the names that it looks up.  Every call
 * is in the Limited API of 3.10, but for the slots of newer versions, and what 3.13 has for threads without a GIL. */
#ifndef MIP_BINDING_H
#define MIP_BINDING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "msgidpolicy.h"

/* A newer Python's headers have its slots in the Limited API of an older one, too, which refuses them. */
#ifdef Py_LIMITED_API
#define IS_SINCE(version) (Py_LIMITED_API + 0 >= (version))
#else
#define IS_SINCE(version) (PY_VERSION_HEX >= (version))
#endif

/* An output that begins on the stack, where a usual field needs no more. */
typedef struct {
    mip_output output;
    char *heap;
    char stack[1024];
} buffer;

void buffer_init(buffer *b);

/* Append octets to an output; -1 where that cannot grow. */
int buffer_append(mip_output *output, const char *octets, Py_ssize_t size);

/* The octets of a str.  The str keeps them, or `*owner` does if it holds lone surrogates for octets that could not be
 * decoded (PEP 383).  Fails on a lone surrogate that stands for no octet. */
int text_from_str(PyObject *str, mip_text *text, PyObject **owner);

/* The octets of a str that was read, which is never refused: a lone surrogate that stands for no
 * octet is the three octets that UTF-8 would have for it. */
int text_from_str_read(PyObject *str, mip_text *text, PyObject **owner);

/* -1 with a TypeError where the object is not a str. */
int check_str(PyObject *object, const char *what);

/* -1 with a TypeError where a function has got another number of arguments. */
int check_arguments(const char *function, Py_ssize_t given, Py_ssize_t wanted);

/* The octets of a field's name and value as two texts, and what keeps them. */
typedef struct {
    PyObject *name, *value;
    mip_text name_text, value_text;
    PyObject *name_owner, *value_owner;
} field;

int field_init(field *f, PyObject *name, PyObject *value, int read);
void field_clear(field *f);

/* The names by which a message, its policy and a header object keep what the binding takes of them, interned: that makes them
 * the very keys of a dict that Python's code fills. */
enum name {
    NAME_POLICY,
    NAME_FIELDS,
    NAME_FACTORY,
    NAME_FOUND,
    NAME_VIEW,
    NAME_FIELD_NAME,
    NAME_VALUE,
    NAME_READ,
    NAME_KNOWN,
    NAMES
};

/* Make and drop them.  They are the state of the module, an array of str objects. */
int names_init(PyObject *module);
void names_free(void *module);

/* What stands at an index, or for a key, as a new reference: another thread may take it from there at any time.  For a key that
 * is not there, NULL without an error. */
PyObject *list_item(PyObject *list, Py_ssize_t index);
PyObject *dict_item(PyObject *dict, PyObject *key);

/* -1 with a TypeError where the fields of a message are no list. */
int check_items(PyObject *items);

/* The name of a field of a message, a reference of the item's; NULL with a TypeError where that is no tuple of name and
 * value. */
PyObject *item_name(PyObject *item);

/* The index of the `place`-th item of this name; -1 where there is none, or with an error set. */
Py_ssize_t find_item(PyObject *items, PyObject *str, mip_text name, Py_ssize_t place);

/* max_line_length and linesep, as the policy has them. */
int style_init_lines(mip_style *style, PyObject *const *args);

/* Those and utf8, as the policy has them; `keep`, and `known` or NULL, come later among the arguments, and `read` is left to
 * the caller. */
int style_init(mip_style *style, PyObject *const *args, PyObject *keep, PyObject *known);

/* Raise what a result says of a field's name or value. */
void raise_result(mip_result result, PyObject *name, PyObject *value);

/* Raise an error for a lone surrogate that stands for no octet, and so is not a character (Unicode, D76), with its
 * place. */
void raise_surrogate(PyObject *name, PyObject *value);

/* What a header object shows of a value that is set, once it is checked, and what that has found out: the value itself,
 * another str, or None where a line end is to be taken off first. */
PyObject *check_and_show(const field *f, Py_ssize_t view, mip_known *known);

/* The functions of the module that have files of their own. */
PyObject *parts(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *base64(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *quoted_printable(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *set_field(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *find_field(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *fold_all(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *longest_line(PyObject *module, PyObject *str);
PyObject *with_line_ends(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *fork_count(PyObject *module, PyObject *unused);
PyObject *make_msg_id(PyObject *module, PyObject *const *args, Py_ssize_t count);

/* What a module does when it is loaded: the forks of the process are counted from then on. */
int count_forks(PyObject *module);

/* A mip_decoder on Python's codecs.  An error that is not about the text stays set for raise_result(). */
int decode_charset(mip_text charset, mip_text octets, mip_output *utf8);

/* The same for what is shown: octets that are no text of the charset stay as they are. */
int decode_charset_loosely(mip_text charset, mip_text octets, mip_output *utf8);

/* A mip_domain_encoder on msgidpolicy.domain.  An error that is not about the domain stays set for raise_result(). */
mip_status encode_domain(mip_text domain, mip_output *ascii);

#endif
