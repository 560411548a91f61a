// SPDX-License-Identifier: GPL-3.0-or-later
//
// FileSource: a directory into which others write files of events, a JSON object a line. Files may
// grow, be renamed and go; a line counts once its end is there.
//
// A part is a file: "changes.jsonl#INODE-CHECKSUM", the name that it had at first, and by what it
// is known under any name: its inode and a checksum of its first line. A place is the offset behind
// the last line that was read.
#pragma once

#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "ingest/message_source.h"

namespace aisle {

class FileSource : public MessageSource {
 public:
  FileSource(const MessageDefinition& definition, const std::atomic<bool>* stop)
      : definition_(definition), stop_(stop) {}

  absl::Status Open(MessagePlaces* places) override;
  absl::StatusOr<std::vector<StreamMessage>> Read(absl::Duration wait) override;
  absl::StatusOr<uint64_t> ReadLag() override;

 private:
  // A file that is open: whatever its name becomes, it is the same one.
  struct File {
    std::string path;
    std::string part;
    int descriptor = -1;
    uint64_t inode = 0;
    uint64_t bytes = 0;
    int64_t modified = 0;  // nanoseconds
  };
  // What a file was when all of it had been read.
  struct Seen {
    uint64_t bytes = 0;
    int64_t modified = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  class OpenFiles;
  // Those that match and have changed since they were read; the oldest first.
  absl::StatusOr<OpenFiles> Scan();
  // Opens one of them.
  absl::Status Look(const std::string& path, OpenFiles* files);
  // False: there is more in it than a batch may have.
  bool ReadFile(const File& file, size_t* bytes, std::vector<StreamMessage>* messages);

  const MessageDefinition& definition_;
  const std::atomic<bool>* const stop_;
  std::map<std::string, uint64_t> places_;
  absl::flat_hash_map<std::string, std::string> parts_;  // by "INODE-CHECKSUM"
  absl::flat_hash_map<uint64_t, Seen> seen_;             // by inode
};

}  // namespace aisle
