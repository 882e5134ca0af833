// Counts the heap of a process: how much more than at the beginning was in use at most. Preloaded into the process
// (LD_PRELOAD), so that every engine is measured in the same way and to the byte, without pages of code or a pool that
// was filled before.
//
//     cc -shared -fPIC -O2 -o heap.so heap.c
//
// The process calls heap_begin() before and heap_most() after what it measures.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

static atomic_long live, most, base;
static char early[4096];
static size_t early_used;

static void count(void *block, long sign) {
    if (!block) return;
    long now = atomic_fetch_add(&live, sign * (long)malloc_usable_size(block)) + sign * (long)malloc_usable_size(block);
    long seen = atomic_load(&most);
    while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now)) {
    }
}

static int is_early(void *block) { return (char *)block >= early && (char *)block < early + sizeof early; }

// Finding the next function may itself ask for memory.
static void *early_block(size_t size) {
    size = (size + 15) & ~(size_t)15;
    if (early_used + size > sizeof early) return NULL;
    void *block = early + early_used;
    early_used += size;
    return block;
}

#define NEXT(type, name, ...)                                 \
    static type (*next)(__VA_ARGS__);                         \
    if (!next) next = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

void *malloc(size_t size) {
    NEXT(void *, "malloc", size_t);
    void *block = next(size);
    count(block, 1);
    return block;
}

void *calloc(size_t items, size_t size) {
    static int is_finding;
    static void *(*next)(size_t, size_t);
    if (!next) {
        if (is_finding) return early_block(items * size);
        is_finding = 1;
        next = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
        is_finding = 0;
    }
    void *block = next(items, size);
    count(block, 1);
    return block;
}

void *realloc(void *old, size_t size) {
    NEXT(void *, "realloc", void *, size_t);
    if (is_early(old)) {
        void *block = malloc(size);
        if (block) memcpy(block, old, size < sizeof early ? size : sizeof early);
        return block;
    }
    count(old, -1);
    void *block = next(old, size);
    count(block ? block : old, 1);
    return block;
}

void free(void *block) {
    NEXT(void, "free", void *);
    if (!block || is_early(block)) return;
    count(block, -1);
    next(block);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    NEXT(int, "posix_memalign", void **, size_t, size_t);
    int status = next(result, alignment, size);
    if (status == 0) count(*result, 1);
    return status;
}

void *aligned_alloc(size_t alignment, size_t size) {
    NEXT(void *, "aligned_alloc", size_t, size_t);
    void *block = next(alignment, size);
    count(block, 1);
    return block;
}

void heap_begin(void) {
    atomic_store(&base, atomic_load(&live));
    atomic_store(&most, atomic_load(&live));
}

long heap_most(void) { return atomic_load(&most) - atomic_load(&base); }
