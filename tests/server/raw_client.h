// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TCP connection that sends whatever bytes a test wants and reads answers, for what a
// well-behaved HTTP client never does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace aisle {

struct RawAnswer {
  int status = 0;                              // 0: the connection ended before a whole header came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without the framing of chunks
  bool complete = false;                       // the body came to its end
};

class RawClient {
 public:
  explicit RawClient(uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False if the connection is closed.
  bool Send(std::string_view bytes);
  // The next answer; waits for at most 20 seconds without a byte.
  RawAnswer Read();
  // Only the header, which is all of an answer to HEAD.
  RawAnswer ReadHead();
  // The body that follows it.
  void ReadBody(RawAnswer* answer);
  // True if the server closes the connection without another byte.
  bool IsClosed();
  void ShutdownSend();
  // Closes with a reset, as a crashed client does.
  void Reset();

 private:
  bool Fill();
  bool ReadLine(std::string* line);
  bool ReadBytes(size_t size, std::string* bytes);
  bool ReadHeader(RawAnswer* answer);
  bool ReadChunks(std::string* body);

  int socket_;
  std::string buffer_;
};

}  // namespace aisle
