/* binding.h - msgidpolicy._core: str to octets, results to bytes and exceptions.
 *
 * Functions only: no types, no module state, no static object but the count of forks.  Every call is in the Limited API of
 * 3.10, but for the slots of newer versions, and what a build without the GIL needs (3.13). */
#ifndef MIP_BINDING_H
#define MIP_BINDING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "msgidpolicy.h"

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
PyObject *append_field(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *find_field(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *fold_all(PyObject *module, PyObject *const *args, Py_ssize_t count);
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
