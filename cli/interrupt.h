// SPDX-License-Identifier: GPL-3.0-or-later
//
// Interrupt: SIGINT (Ctrl-C) and SIGTERM as something to be asked for, so that a long command can
// end with a report of how far it came. A second signal ends the process as usual.
#pragma once

#include <signal.h>

namespace aisle {

// From its construction to its end. One at a time; construct it in the main thread. A read that
// waits in the main thread is broken off when a signal comes.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  // Whether a signal has come.
  bool came() const;

 private:
  struct sigaction old_int_ = {};
  struct sigaction old_term_ = {};
};

}  // namespace aisle
