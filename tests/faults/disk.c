/* What a program does to one database, in one sequence with what it says on its terminal; and a disk that fails when
 * told to. Preloaded into the real program (LD_PRELOAD).
 *
 *   FAULTS_FILE     the database, as an absolute path. Recorded: it, its -journal and -wal, and its folder.
 *   FAULTS_RECORD   where the record goes (outside that folder); "" records nothing.
 *   FAULTS_SWITCHES a file of 32-bit integers, mapped: the switches below.
 *
 * A write, a truncation and a name is recorded together with being done. A sync is recorded twice, when it begins and
 * when it ended: only what was recorded before its begin is on the disk after its end. Terminal output is recorded
 * before it is written: a "saved" counts from the first moment at which somebody could see it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 3, JOURNAL = 1, FOLDER = 3, NONE = -1, DESCRIPTORS = 4096 };
enum { WRITE = 'W', TRUNCATE = 'T', BEGIN = 'B', SYNCED = 'S', CREATE = 'C', UNLINK = 'U', SHOWN = 'X' };

/* The switches; tests/faults/disk.py has the same list. */
enum {
    WRITE_ERRNO,  /* what a write or a growing truncation answers; 0: it works */
    SYNC_ERRNO,   /* what a sync answers */
    AT_FILES,     /* all that only with which of them: bits by file, database 1, journal 2, wal 4, folder 8 */
    OPEN_ERRNO,   /* what opening for writing answers */
    SKIP,         /* so many of the calls that would fail work first */
    TIMES,        /* so many fail, then it all works again; 0: until it is switched off */
    KILL_AT,      /* die (SIGKILL) when so many calls were recorded; 0: never */
    CALLS,        /* how many were */
    FAILED,       /* how many were made to fail */
    SWITCHES
};

struct head {
    int32_t kind, file, error, length;
    int64_t place;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char names[FILES][4096], folder[4096];
static signed char file_of[DESCRIPTORS];
static int record = -1;
static int32_t none[SWITCHES], *switches = none;
static int64_t syncs;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    static const char *endings[FILES] = {"", "-journal", "-wal"};
    const char *file = getenv("FAULTS_FILE"), *to = getenv("FAULTS_RECORD"), *mapped = getenv("FAULTS_SWITCHES");
    memset(file_of, NONE, sizeof file_of);
    if (!file || strlen(file) > 4000) return;
    for (int one = 0; one < FILES; one++) strcat(strcpy(names[one], file), endings[one]);
    strcpy(folder, file);
    *strrchr(folder, '/') = 0;
    if (to && *to) record = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    int fd = mapped ? (int)syscall(SYS_openat, AT_FDCWD, mapped, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *at = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) switches = at;
    syscall(SYS_close, fd);
}

static int known(const char *path) {
    for (int one = 0; one < FILES; one++)
        if (*names[one] && !strcmp(path, names[one])) return one;
    return *folder && !strcmp(path, folder) ? FOLDER : NONE;
}

static int file(int fd) { return fd >= 0 && fd < DESCRIPTORS ? file_of[fd] : NONE; }

/* With the lock held. One call of writev on a file opened for appending: what several processes record never mixes. */
static void keep(int kind, int which, int error, int64_t place, const void *data, size_t length) {
    struct head head = {kind, which, error, (int32_t)length, place};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, length}};
    if (record >= 0) syscall(SYS_writev, record, parts, 2);
    int32_t calls = __atomic_add_fetch(&switches[CALLS], 1, __ATOMIC_SEQ_CST);
    if (switches[KILL_AT] && calls >= switches[KILL_AT]) syscall(SYS_kill, getpid(), SIGKILL);
}

/* With the lock held: the error this call has to answer, 0 where it may work. */
static int fails(int error, int which) {
    if (!error || which < 0 || !(switches[AT_FILES] & 1 << which)) return 0;
    if (switches[SKIP] > 0) {
        switches[SKIP]--;
        return 0;
    }
    switches[FAILED]++;
    if (switches[TIMES] > 0 && --switches[TIMES] == 0)
        switches[WRITE_ERRNO] = switches[SYNC_ERRNO] = switches[OPEN_ERRNO] = 0;
    return error;
}

static ssize_t put(int fd, const void *data, size_t length, off_t place) {
    pthread_mutex_lock(&lock);
    int error = fails(switches[WRITE_ERRNO], file(fd));
    ssize_t done = error ? -1 : syscall(SYS_pwrite64, fd, data, length, place);
    if (!error && done < 0) error = errno;
    if (done > 0) keep(WRITE, file(fd), 0, place, data, done);
    pthread_mutex_unlock(&lock);
    if (error) errno = error;
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t place) {
    return file(fd) < 0 ? syscall(SYS_pwrite64, fd, data, length, place) : put(fd, data, length, place);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t place) { return pwrite64(fd, data, length, place); }

ssize_t write(int fd, const void *data, size_t length) {
    if ((fd == 1 || fd == 2) && record >= 0 && isatty(fd)) {
        pthread_mutex_lock(&lock);
        keep(SHOWN, NONE, 0, 0, data, length);
        pthread_mutex_unlock(&lock);
    } else if (file(fd) >= 0) {
        off_t place = lseek(fd, 0, SEEK_CUR);
        ssize_t done = put(fd, data, length, place);
        if (done > 0) lseek(fd, place + done, SEEK_SET);
        return done;
    }
    return REAL(write)(fd, data, length);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t place) {
    if (file(fd) < 0) return REAL(pwritev)(fd, parts, count, place);
    ssize_t all = 0;
    for (int one = 0; one < count; one++) {
        ssize_t done = put(fd, parts[one].iov_base, parts[one].iov_len, place + all);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[one].iov_len) break;
    }
    return all;
}

int ftruncate64(int fd, off64_t size) {
    if (file(fd) < 0) return syscall(SYS_ftruncate, fd, size);
    struct stat now;
    pthread_mutex_lock(&lock);
    int grows = !fstat(fd, &now) && size > now.st_size;
    int error = grows || switches[WRITE_ERRNO] == EROFS ? fails(switches[WRITE_ERRNO], file(fd)) : 0;
    int done = error ? -1 : syscall(SYS_ftruncate, fd, size);
    if (!error && done < 0) error = errno;
    if (!done) keep(TRUNCATE, file(fd), 0, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (error) errno = error;
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synchronize(int fd, int number) {
    int which = file(fd);
    if (which < 0) return syscall(number, fd);
    pthread_mutex_lock(&lock);
    int64_t id = ++syncs;
    int error = fails(switches[SYNC_ERRNO], which);
    keep(BEGIN, which, 0, id, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (!error && syscall(number, fd) < 0) error = errno;
    pthread_mutex_lock(&lock);
    keep(SYNCED, which, error, id, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (!error) return 0;
    errno = error;
    return -1;
}

int fsync(int fd) { return synchronize(fd, SYS_fsync); }
int fdatasync(int fd) { return synchronize(fd, SYS_fdatasync); }

static int open_at(int at, const char *path, int flags, mode_t mode) {
    int which = path ? known(path) : NONE;
    if (which < 0) return syscall(SYS_openat, at, path, flags, mode);
    pthread_mutex_lock(&lock);
    int changes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    int error = changes ? fails(switches[OPEN_ERRNO], which) : 0;
    int there = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
    int fd = error ? -1 : syscall(SYS_openat, at, path, flags, mode);
    if (!error && fd < 0) error = errno;
    if (fd >= 0 && fd < DESCRIPTORS) file_of[fd] = which;
    if (fd >= 0 && !there) keep(CREATE, which, 0, 0, NULL, 0);
    if (fd >= 0 && there && flags & O_TRUNC) keep(TRUNCATE, which, 0, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (error) errno = error;
    return fd;
}

static mode_t mode_in(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPENS(name, first, at)                        \
    int name first {                                  \
        va_list rest;                                 \
        va_start(rest, flags);                        \
        mode_t mode = mode_in(flags, rest);           \
        va_end(rest);                                 \
        return open_at(at, path, flags, mode);        \
    }
OPENS(open, (const char *path, int flags, ...), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), AT_FDCWD)
OPENS(openat, (int at, const char *path, int flags, ...), at)
OPENS(openat64, (int at, const char *path, int flags, ...), at)

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < DESCRIPTORS) file_of[fd] = NONE;
    pthread_mutex_unlock(&lock);
    return syscall(SYS_close, fd);
}

int unlink(const char *path) {
    int which = known(path);
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0), error = errno;
    if (!done && which >= 0) keep(UNLINK, which, 0, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}
