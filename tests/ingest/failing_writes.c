/* The n-th call that changes a file below a folder fails, as a full or broken disk lets it fail.

   FAIL_UNDER  the folder (a real path)
   FAIL_AT     n, counted from 1; FAIL_ON=1: every later one fails, too, as on a full disk
   FAIL_ERRNO  what the system says; -1: the process is killed instead
   FAIL_COUNT  a file outside of the folder: how many such calls there were, written at the end of the process
   Counted: write, pwrite, writev, pwritev, fsync, fdatasync, ftruncate, fallocate, rename, link, unlink, mkdir, and open that creates.
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long calls;
static long at;
static int on, code;
static const char *under;
static pid_t owner;

static void end(void) {
  const char *name = getenv("FAIL_COUNT");
  if (!name || getpid() != owner) return;
  FILE *file = fopen(name, "w");
  if (file) fprintf(file, "%ld", calls), fclose(file);
}

__attribute__((constructor)) static void begin(void) {
  under = getenv("FAIL_UNDER");
  at = getenv("FAIL_AT") ? atol(getenv("FAIL_AT")) : 0;
  on = getenv("FAIL_ON") != NULL;
  code = getenv("FAIL_ERRNO") ? atoi(getenv("FAIL_ERRNO")) : ENOSPC;
  owner = getpid();
  atexit(end);
}

static int fails(void) {
  long n = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  if (at && (n == at || (on && n > at))) {
    if (code < 0) kill(getpid(), SIGKILL);
    errno = code;
    return 1;
  }
  return 0;
}

static int below(const char *path) {
  return under && path && strncmp(path, under, strlen(under)) == 0;
}

static int path_fails(const char *path) {
  char whole[PATH_MAX];
  if (!under || !path || getpid() != owner) return 0;
  if (path[0] != '/') {
    if (!getcwd(whole, sizeof whole / 2)) return 0;
    strncat(whole, "/", 2);
    strncat(whole, path, sizeof whole / 2 - 2);
    path = whole;
  }
  return below(path) && fails();
}

static int fd_fails(int fd) {
  char link[64], path[PATH_MAX];
  if (!under || fd < 3 || getpid() != owner) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return below(path) && fails();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define BY_FD(kind, name, args, pass) \
  kind name args { return fd_fails(fd) ? -1 : REAL(name) pass; }
#define BY_PATH(name, args, pass) \
  int name args { return path_fails(path) ? -1 : REAL(name) pass; }

BY_FD(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n))
BY_FD(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o))
BY_FD(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o))
BY_FD(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n))
BY_FD(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t o), (fd, v, n, o))
BY_FD(int, fsync, (int fd), (fd))
BY_FD(int, fdatasync, (int fd), (fd))
BY_FD(int, ftruncate, (int fd, off_t n), (fd, n))
BY_FD(int, ftruncate64, (int fd, off64_t n), (fd, n))
BY_FD(int, fallocate, (int fd, int m, off_t o, off_t n), (fd, m, o, n))
BY_PATH(unlink, (const char *path), (path))
BY_PATH(mkdir, (const char *path, mode_t m), (path, m))
BY_PATH(rename, (const char *path, const char *to), (path, to))
BY_PATH(link, (const char *path, const char *to), (path, to))

static int creates(const char *path, int flags) {
  struct stat told;
  return (flags & O_CREAT) && stat(path, &told) != 0 && path_fails(path);
}

#define OPEN(name)                                         \
  int name(const char *path, int flags, ...) {             \
    va_list more;                                          \
    va_start(more, flags);                                 \
    mode_t mode = va_arg(more, int);                       \
    va_end(more);                                          \
    return creates(path, flags) ? -1 : REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
