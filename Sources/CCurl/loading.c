// libcurl, loaded at the first call and not when the program starts.
//
// libcurl brings some thirty libraries with it (TLS, Kerberos, LDAP, …), whose loading takes longer than checking a
// configuration. Most commands talk to nobody. The functions that FoundationNetworking and the transport use are
// defined here under their own names and call those of the library; the linker then finds nothing that still needs
// libcurl at the start (`-z lazy` would not help: it delays the look-up of functions, not the loading of libraries).
//
// Functions with a variable number of arguments take exactly one more. It is an integer or a pointer, which the
// calling conventions of Linux on x86-64 and AArch64 pass alike, so it is handed on as a pointer.
#if defined(__linux__) && defined(__LP64__)

// The declarations, not the macros that check arguments.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static void *library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) return;
    // 253: the environment is at fault.
    fprintf(stderr, "error: libcurl cannot be loaded: %s\n", dlerror());
    exit(253);
}

static void *find(const char *name) {
    pthread_once(&once, load);
    void *symbol = dlsym(library, name);
    if (symbol != NULL) return symbol;
    fprintf(stderr, "error: libcurl is too old: %s\n", dlerror());
    exit(253);
}

// A function of the library, looked up at the first call. Two threads may both look it up, and find the same.
#define LOOK_UP(name)                                                            \
    static function_type *real;                                                  \
    function_type *function = __atomic_load_n(&real, __ATOMIC_ACQUIRE);          \
    if (function == NULL) {                                                      \
        function = (function_type *)find(#name);                                 \
        __atomic_store_n(&real, function, __ATOMIC_RELEASE);                     \
    }

#define FORWARD(result, name, parameters, arguments)                             \
    result name parameters {                                                     \
        typedef result function_type parameters;                                 \
        LOOK_UP(name)                                                            \
        return function arguments;                                               \
    }

#define FORWARD_VARIADIC(result, name, handle_type, option_type)                 \
    result name(handle_type *handle, option_type option, ...) {                  \
        typedef result function_type(handle_type *, option_type, ...);           \
        LOOK_UP(name)                                                            \
        va_list list;                                                            \
        va_start(list, option);                                                  \
        void *argument = va_arg(list, void *);                                   \
        va_end(list);                                                            \
        return function(handle, option, argument);                               \
    }

FORWARD(CURLcode, curl_global_init, (long flags), (flags))
FORWARD(char *, curl_version, (void), ())
FORWARD(curl_version_info_data *, curl_version_info, (CURLversion version), (version))
FORWARD(void, curl_free, (void *memory), (memory))

FORWARD(CURL *, curl_easy_init, (void), ())
FORWARD(CURLcode, curl_easy_perform, (CURL *handle), (handle))
FORWARD(void, curl_easy_cleanup, (CURL *handle), (handle))
FORWARD(void, curl_easy_reset, (CURL *handle), (handle))
FORWARD(CURLcode, curl_easy_pause, (CURL *handle, int bits), (handle, bits))
FORWARD(const char *, curl_easy_strerror, (CURLcode code), (code))
FORWARD_VARIADIC(CURLcode, curl_easy_setopt, CURL, CURLoption)
FORWARD_VARIADIC(CURLcode, curl_easy_getinfo, CURL, CURLINFO)

FORWARD(CURLM *, curl_multi_init, (void), ())
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi))
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *handle), (multi, handle))
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *handle), (multi, handle))
FORWARD(CURLMcode, curl_multi_assign, (CURLM *multi, curl_socket_t socket, void *value), (multi, socket, value))
FORWARD(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), (multi, left))
FORWARD(
    CURLMcode, curl_multi_socket_action, (CURLM *multi, curl_socket_t socket, int bits, int *running),
    (multi, socket, bits, running))
FORWARD_VARIADIC(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)

FORWARD(struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text), (list, text))
FORWARD(void, curl_slist_free_all, (struct curl_slist *list), (list))

FORWARD(CURLU *, curl_url, (void), ())
// Newer versions declare the first parameter `const`: a name of its own for the compiler, that of libcurl for the linker.
CURLUcode get_url_part(CURLU *url, CURLUPart part, char **text, unsigned flags) __asm__("curl_url_get");
CURLUcode get_url_part(CURLU *url, CURLUPart part, char **text, unsigned flags) {
    typedef CURLUcode function_type(CURLU *, CURLUPart, char **, unsigned);
    LOOK_UP(curl_url_get)
    return function(url, part, text, flags);
}

FORWARD(
    CURLUcode, curl_url_set, (CURLU *url, CURLUPart part, const char *text, unsigned flags), (url, part, text, flags))

#endif
