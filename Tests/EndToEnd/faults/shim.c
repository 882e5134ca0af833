/*
 * Preloaded into the program under test: numbers each step by which it changes the disk below one folder,
 * and at step FAULT_STEP kills the process before the step (FAULT_KIND=kill), after half of a write
 * (half), or makes the step fail with an errno (FAULT_KIND=28 for ENOSPC).
 *
 * Steps are: opening to write or create, writing, syncing, renaming, linking, making a folder, removing.
 * The count goes to the file FAULT_LOG, one line a step, so that a test knows how many there are.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int step;

static int inside(const char *path) {
    const char *root = getenv("FAULT_ROOT");
    if (root == NULL || path == NULL) return 0;
    char full[2 * PATH_MAX];
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (getcwd(here, sizeof here) == NULL) return 0;
        snprintf(full, sizeof full, "%s/%s", here, path);
        path = full;
    }
    return strncmp(path, root, strlen(root)) == 0;
}

static int inside_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* Returns 0 to go on, 1 to write half and die, or an errno to fail with. */
static int fault(const char *what, const char *detail) {
    int mine = atomic_fetch_add(&step, 1) + 1;
    const char *log = getenv("FAULT_LOG");
    if (log != NULL) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%d %s %s\n", mine, what, detail ? detail : "");
        int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
        ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
        int fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (fd >= 0) {
            if (real_write(fd, line, length) < 0) { /* the log is a help, not a must */ }
            close(fd);
        }
    }
    const char *at = getenv("FAULT_STEP"), *kind = getenv("FAULT_KIND");
    if (at == NULL || kind == NULL) return 0;
    int wanted = atoi(at);
    if (strcmp(kind, "kill") == 0 || strcmp(kind, "half") == 0) {
        if (mine != wanted) return 0;
        if (strcmp(kind, "half") == 0 && strcmp(what, "write") == 0) return 1;
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    return mine >= wanted ? atoi(kind) : 0; /* a full disk stays full */
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define REFUSE(code) do { int refusal = (code); if (refusal > 1) { errno = refusal; return -1; } } while (0)

static int is_change(int flags) { return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0; }

int open(const char *path, int flags, ...) {
    REAL(open);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (is_change(flags) && inside(path)) REFUSE(fault("open", path));
    return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (is_change(flags) && inside(path)) REFUSE(fault("open", path));
    return real(path, flags, mode);
}

int mkstemp(char *template) {
    REAL(mkstemp);
    if (inside(template)) REFUSE(fault("open", template));
    return real(template);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    if (inside_fd(fd)) {
        int code = fault("write", NULL);
        if (code == 1) {
            if (real(fd, data, length / 2) < 0) { /* the end is near anyway */ }
            kill(getpid(), SIGKILL);
            for (;;) pause();
        }
        REFUSE(code);
    }
    return real(fd, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    REAL(pwrite);
    if (inside_fd(fd)) REFUSE(fault("pwrite", NULL));
    return real(fd, data, length, offset);
}

int fsync(int fd) {
    REAL(fsync);
    if (inside_fd(fd)) REFUSE(fault("fsync", NULL));
    return real(fd);
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    if (inside_fd(fd)) REFUSE(fault("ftruncate", NULL));
    return real(fd, length);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    if (inside(to)) REFUSE(fault("rename", to));
    return real(from, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags) {
    REAL(renameat2);
    if (inside(to)) REFUSE(fault("rename", to));
    return real(from_fd, from, to_fd, to, flags);
}

int link(const char *from, const char *to) {
    REAL(link);
    if (inside(to)) REFUSE(fault("link", to));
    return real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (inside(path)) REFUSE(fault("mkdir", path));
    return real(path, mode);
}

int unlink(const char *path) {
    REAL(unlink);
    if (inside(path)) REFUSE(fault("unlink", path));
    return real(path);
}

int rmdir(const char *path) {
    REAL(rmdir);
    if (inside(path)) REFUSE(fault("rmdir", path));
    return real(path);
}
