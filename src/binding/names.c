#include "binding.h"

int names_init(PyObject *module)
{
    static const char *const spelled[NAMES] = {
        [NAME_POLICY] = "policy", [NAME_FIELDS] = "_headers", [NAME_FACTORY] = "header_factory",
        [NAME_FOUND] = "found",   [NAME_VIEW] = "_view",      [NAME_FIELD_NAME] = "_field_name",
        [NAME_VALUE] = "_value",  [NAME_READ] = "_read",      [NAME_KNOWN] = "_known",
    };
    PyObject **names = PyModule_GetState(module);

    for (int i = 0; names && i < NAMES; i++) {
        names[i] = PyUnicode_InternFromString(spelled[i]);
        if (!names[i])
            return -1;
    }
    return names ? 0 : -1;
}

void names_free(void *module)
{
    PyObject **names = PyModule_GetState(module);

    for (int i = 0; names && i < NAMES; i++)
        Py_CLEAR(names[i]);
}
