// SPDX-License-Identifier: GPL-3.0-or-later
//
// Preloaded into a program: its time of day is off by as many seconds as the file named by
// SHIFTED_CLOCK says, an int64, which may change at any time. Other clocks are as they are. Waits
// until a time of day, which the kernel knows nothing of, last as long as they would.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

const volatile int64_t* shift = nullptr;

__attribute__((constructor)) void Open() {
  const char* const path = std::getenv("SHIFTED_CLOCK");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void* const memory = mmap(nullptr, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) shift = static_cast<const volatile int64_t*>(memory);
  close(file);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  if (result == 0 && clock == CLOCK_REALTIME && shift != nullptr) time->tv_sec += *shift;
  return result;
}

extern "C" int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                      const timespec* time) {
  using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, const timespec*);
  // Of the conditions that programs are linked with; there are older ones.
  static const Wait wait =
      reinterpret_cast<Wait>(dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2"));
  timespec kernels = *time;
  if (shift != nullptr) kernels.tv_sec -= *shift;
  return wait(condition, mutex, &kernels);
}
