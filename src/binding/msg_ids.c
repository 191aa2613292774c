#include "binding.h"

#include <string.h>
#ifndef _WIN32
#include <pthread.h>
#endif

/* One more than the forks between the process that loaded this and the one that runs; 0 until they are counted.
 * os.fork() tells Python, but a server in C that forks, as uWSGI does, tells nobody else. */
static unsigned long forks;

#ifndef _WIN32
static void count_fork(void)
{
    forks++;
}

/* Two interpreters may load this at once, each with a GIL of its own or none. */
static void begin_to_count(void)
{
    if (pthread_atfork(NULL, NULL, count_fork) == 0)
        forks = 1;
}
#endif

int count_forks(PyObject *module)
{
    (void)module;
#ifndef _WIN32
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (pthread_once(&once, begin_to_count) != 0 || forks == 0) {
        PyErr_NoMemory();
        return -1;
    }
#endif
    return 0;
}

PyObject *fork_count(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    return PyLong_FromUnsignedLong(forks & 0xFFFFFFFF);
}

static unsigned long read_number(const unsigned char *octets, size_t size)
{
    unsigned long number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | octets[i];
    return number;
}

enum { FORKS_OCTETS = 4, LEFT_OCTETS = 2, POOL_HEAD = FORKS_OCTETS + LEFT_OCTETS };

/* Take the octets for one msg-id from a pool: a bytearray that begins with the number of forks when it was filled, and
 * with how many msg-ids the octets after that are for, the higher octets first. */
static int take_from(PyObject *pool, unsigned char entropy[MIP_MSG_ID_ENTROPY])
{
    unsigned char *octets;
    size_t left;

    if (!PyByteArray_Check(pool) || PyByteArray_Size(pool) < POOL_HEAD) {
        PyErr_SetString(PyExc_TypeError, "pool must be bytearray");
        return -1;
    }
    octets = (unsigned char *)PyByteArray_AsString(pool);
    left = (size_t)read_number(octets + FORKS_OCTETS, LEFT_OCTETS);
    if (read_number(octets, FORKS_OCTETS) != (forks & 0xFFFFFFFF) || left == 0 ||
        (size_t)PyByteArray_Size(pool) < POOL_HEAD + left * MIP_MSG_ID_ENTROPY) {
        PyErr_SetString(PyExc_EOFError, "the pool is used up");
        return -1;
    }
    left--;
    octets[FORKS_OCTETS] = (unsigned char)(left >> 8);
    octets[FORKS_OCTETS + 1] = (unsigned char)(left & 0xFF);
    memcpy(entropy, octets + POOL_HEAD + left * MIP_MSG_ID_ENTROPY, MIP_MSG_ID_ENTROPY);
    return 0;
}

/* Without the GIL two threads may have one pool. */
static int take_entropy(PyObject *pool, unsigned char entropy[MIP_MSG_ID_ENTROPY])
{
    int taken;
#ifdef Py_GIL_DISABLED
    PyCriticalSection section;

    PyCriticalSection_Begin(&section, pool);
    taken = take_from(pool, entropy);
    PyCriticalSection_End(&section);
#else
    taken = take_from(pool, entropy);
#endif
    return taken;
}

PyObject *make_msg_id(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    buffer b;
    unsigned char entropy[MIP_MSG_ID_ENTROPY];
    mip_text idstring = {"", 0}, domain;
    mip_result result;
    PyObject *idstring_owner = NULL, *domain_owner = NULL, *msg_id = NULL, *name;
    unsigned long long time;

    (void)module;
    if (check_arguments("make_msg_id", count, 4) < 0 || check_str(args[3], "domain") < 0 ||
        (args[2] != Py_None && check_str(args[2], "idstring") < 0))
        return NULL;
    time = PyLong_AsUnsignedLongLong(args[0]);
    if ((time == (unsigned long long)-1 && PyErr_Occurred()) || take_entropy(args[1], entropy) < 0)
        return NULL;
    if ((args[2] == Py_None || text_from_str_read(args[2], &idstring, &idstring_owner) == 0) &&
        text_from_str_read(args[3], &domain, &domain_owner) == 0) {
        buffer_init(&b);
        result = mip_make_msg_id(time / 1000000, entropy, idstring, domain, &b.output);
        if (result.status == MIP_OK) {
            msg_id = PyUnicode_FromStringAndSize(b.output.data, (Py_ssize_t)b.output.size);
        } else {
            name = PyUnicode_FromString("Message-ID");
            if (name)
                raise_result(result, name, args[result.status == MIP_BAD_IDSTRING ? 2 : 3]);
            Py_XDECREF(name);
        }
        PyMem_Free(b.heap);
    }
    Py_XDECREF(idstring_owner);
    Py_XDECREF(domain_owner);
    return msg_id;
}
