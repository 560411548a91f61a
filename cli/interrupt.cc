// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupt.h"

namespace aisle {
namespace {

volatile sig_atomic_t signal_came = 0;

void Note(int) { signal_came = 1; }

}  // namespace

Interrupt::Interrupt() {
  signal_came = 0;
  struct sigaction action = {};
  action.sa_handler = Note;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: who waits for standard input has to come back. SA_RESETHAND: the second signal
  // is not for this.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, &old_int_);
  sigaction(SIGTERM, &action, &old_term_);
}

Interrupt::~Interrupt() {
  sigaction(SIGINT, &old_int_, nullptr);
  sigaction(SIGTERM, &old_term_, nullptr);
}

bool Interrupt::came() const { return signal_came != 0; }

}  // namespace aisle
