// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include <gtest/gtest.h>

namespace aisle {

RawClient::RawClient(uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  const timeval limit{.tv_sec = 20, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool RawClient::Fill() {
  char bytes[16384];
  const ssize_t size = recv(socket_, bytes, sizeof(bytes), 0);
  if (size <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(size));
  return true;
}

bool RawClient::ReadLine(std::string* line) {
  size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!Fill()) return false;
  }
  *line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return true;
}

bool RawClient::ReadBytes(size_t size, std::string* bytes) {
  while (buffer_.size() < size) {
    if (!Fill()) return false;
  }
  *bytes += buffer_.substr(0, size);
  buffer_.erase(0, size);
  return true;
}

bool RawClient::ReadHeader(RawAnswer* answer) {
  std::string line;
  if (!ReadLine(&line) || line.size() < 12) return false;
  answer->status = std::atoi(line.c_str() + 9);
  while (ReadLine(&line)) {
    if (line.empty()) return true;
    const size_t colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer->headers[name] = line.substr(colon + 2);
  }
  return false;
}

bool RawClient::ReadChunks(std::string* body) {
  std::string line, end;
  while (ReadLine(&line)) {
    const size_t size = std::strtoul(line.c_str(), nullptr, 16);
    if (size == 0) return ReadLine(&end);
    if (!ReadBytes(size, body) || !ReadLine(&end)) return false;
  }
  return false;
}

RawAnswer RawClient::ReadHead() {
  RawAnswer answer;
  answer.complete = ReadHeader(&answer);
  if (!answer.complete) answer.status = 0;
  return answer;
}

RawAnswer RawClient::Read() {
  RawAnswer answer = ReadHead();
  if (answer.complete) ReadBody(&answer);
  return answer;
}

void RawClient::ReadBody(RawAnswer* answer) {
  if (answer->headers.contains("content-length")) {
    const size_t size = std::strtoul(answer->headers["content-length"].c_str(), nullptr, 10);
    answer->complete = ReadBytes(size, &answer->body);
  } else if (answer->headers.contains("transfer-encoding")) {
    answer->complete = ReadChunks(&answer->body);
  } else if (answer->status == 200) {  // ends with the connection
    while (Fill()) {
    }
    answer->body = std::exchange(buffer_, {});
  }
}

bool RawClient::IsClosed() {
  char byte = 0;
  if (!buffer_.empty()) return false;
  const ssize_t size = recv(socket_, &byte, 1, 0);
  return size == 0 || (size < 0 && errno != EAGAIN);
}

void RawClient::ShutdownSend() { shutdown(socket_, SHUT_WR); }

void RawClient::Reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  close(socket_);
  socket_ = -1;
}

}  // namespace aisle
