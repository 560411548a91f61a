// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/nats_source.h"

#include <nats/nats.h>

#include <algorithm>
#include <utility>

#include "core/limits.h"
#include "core/steady_clock.h"

namespace aisle {
namespace {

constexpr int64_t kTimeoutMs = 5000;
// A message that is larger than a batch may take long to come; looked after now and then.
constexpr absl::Duration kLargeMessageWait = absl::Seconds(5);
constexpr absl::Duration kLookAfter = absl::Milliseconds(500);
constexpr absl::Duration kSilenceMax = absl::Seconds(60);
constexpr absl::Duration kStoreInterval = absl::Seconds(2);
constexpr int kBatchMessages = static_cast<int>(limits::kImportBatchDocuments);
// Longer than any batch takes to be written; a redelivery would be left out anyway.
constexpr int64_t kAckWait = int64_t{300} * 1'000'000'000;

absl::Status ErrorOf(std::string_view what, natsStatus status) {
  natsStatus last = status;
  const char* detail = nats_GetLastError(&last);
  const std::string message = fmt::format("NATS: {}: {}{}{}", what, natsStatus_GetText(status),
                                          detail == nullptr ? "" : ": ", detail ? detail : "");
  const bool is_refused = status == NATS_NOT_PERMITTED || status == NATS_CONNECTION_AUTH_FAILED ||
                          status == NATS_INVALID_ARG;
  return is_refused ? FailedPrecondition("{}", message) : absl::UnavailableError(message);
}

std::string_view LastPart(std::string_view subject) {
  return subject.substr(std::min(subject.rfind('.') + 1, subject.size()));
}

}  // namespace

void NatsSource::Destroy::operator()(__natsConnection* connection) const {
  natsConnection_Destroy(connection);
}
void NatsSource::Destroy::operator()(__natsSubscription* subscription) const {
  natsSubscription_Destroy(subscription);
}
void NatsSource::Destroy::operator()(__natsMsg* message) const { natsMsg_Destroy(message); }
void NatsSource::Destroy::operator()(__jsCtx* context) const { jsCtx_Destroy(context); }

// Names of consumers have no dots and spaces.
std::string NatsSource::Consumer() const {
  std::string name = "aisle_" + definition_.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

absl::Status NatsSource::Connect() {
  natsOptions* raw = nullptr;
  natsStatus status = natsOptions_Create(&raw);
  const std::unique_ptr<natsOptions, void (*)(natsOptions*)> options(raw, natsOptions_Destroy);
  if (status == NATS_OK) status = natsOptions_SetURL(raw, definition_.connection.c_str());
  if (status == NATS_OK) status = natsOptions_SetAllowReconnect(raw, false);
  if (status == NATS_OK) status = natsOptions_SetTimeout(raw, kTimeoutMs);
  if (status == NATS_OK) status = natsOptions_SetName(raw, "aisle");
  if (status == NATS_OK && !definition_.credentials.empty()) {
    status = natsOptions_SetUserCredentialsFromFiles(raw, definition_.credentials.c_str(), nullptr);
  }
  if (status != NATS_OK) return ErrorOf("`connection` or `credentials` cannot be used", status);
  natsConnection* connection = nullptr;
  status = natsConnection_Connect(&connection, raw);
  connection_.reset(connection);
  if (status != NATS_OK) return ErrorOf("cannot connect", status);
  jsCtx* context = nullptr;
  status = natsConnection_JetStream(&context, connection, nullptr);
  context_.reset(context);
  return status == NATS_OK ? absl::OkStatus() : ErrorOf("JetStream", status);
}

absl::Status NatsSource::CheckStream(MessagePlaces* places) {
  jsStreamInfo* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  const natsStatus status =
      js_GetStreamInfo(&raw, context_.get(), definition_.stream.c_str(), nullptr, &error);
  const std::unique_ptr<jsStreamInfo, void (*)(jsStreamInfo*)> info(raw, jsStreamInfo_Destroy);
  if (error == JSNotEnabledErr || error == JSNotEnabledForAccountErr ||
      status == NATS_NO_RESPONDERS) {
    return FailedPrecondition("the NATS server has no JetStream: enable it in its configuration");
  }
  if (status == NATS_NOT_FOUND || error == JSStreamNotFoundErr) {
    return FailedPrecondition("the NATS server has no stream `{}`", definition_.stream);
  }
  if (status != NATS_OK) return ErrorOf("the stream cannot be looked at", status);
  if (info->Config->Retention != js_LimitsPolicy) {
    return FailedPrecondition(
        "the stream `{}` forgets messages once they are acknowledged: its retention must be "
        "`limits`, so that reading can begin anywhere",
        definition_.stream);
  }
  const std::string identity = std::to_string(info->Created);
  const bool is_new = places->stream.empty();
  uint64_t& place = places->by_part[definition_.stream];
  if (!is_new && (places->stream != identity || info->State.LastSeq < place)) {
    return Another(place);
  }
  places->stream = identity;
  if (!is_new && info->State.FirstSeq > place + 1) {
    lost_.push_back({.part = definition_.stream,
                     .place = info->State.FirstSeq - 1,
                     .error = DataLoss(
                         "messages {} to {} of the stream were removed before they were read: send "
                         "the documents that they were about again",
                         place + 1, info->State.FirstSeq - 1)});
  }
  if (info->State.FirstSeq > place + 1) place = info->State.FirstSeq - 1;
  return absl::OkStatus();
}

absl::Status NatsSource::Another(uint64_t place) const {
  return FailedPrecondition(
      "the stream `{}` is another one than before, whose message {} was the last one read, or its "
      "server has forgotten messages, as it does with those of 32 MB and more: delete the feed and "
      "make it again, so that it is read from its beginning",
      definition_.stream, place);
}

absl::Status NatsSource::CheckStore() {
  if (SteadyNow() - store_checked_ < kStoreInterval) return absl::OkStatus();
  store_checked_ = SteadyNow();
  jsStreamInfo* raw = nullptr;
  const natsStatus status =
      js_GetStreamInfo(&raw, context_.get(), definition_.stream.c_str(), nullptr, nullptr);
  const std::unique_ptr<jsStreamInfo, void (*)(jsStreamInfo*)> info(raw, jsStreamInfo_Destroy);
  if (status != NATS_OK) return ErrorOf("the stream cannot be looked at", status);
  return info->State.LastSeq < place_ ? Another(place_) : absl::OkStatus();
}

absl::Status NatsSource::Subscribe(uint64_t place) {
  const std::string consumer = Consumer();
  jsErrCode error = static_cast<jsErrCode>(0);
  natsStatus status = js_DeleteConsumer(context_.get(), definition_.stream.c_str(),
                                        consumer.c_str(), nullptr, &error);
  if (status != NATS_OK && status != NATS_NOT_FOUND) {
    return ErrorOf("the consumer of before cannot be removed", status);
  }
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.Durable = consumer.c_str();
  config.DeliverPolicy = js_DeliverByStartSequence;
  config.OptStartSeq = place + 1;
  config.AckPolicy = js_AckAll;
  config.AckWait = kAckWait;
  config.MaxAckPending = 10 * kBatchMessages;
  if (!definition_.subject.empty()) config.FilterSubject = definition_.subject.c_str();
  status =
      js_AddConsumer(nullptr, context_.get(), definition_.stream.c_str(), &config, nullptr, &error);
  if (status != NATS_OK) return ErrorOf("the consumer cannot be made", status);
  jsSubOptions options;
  jsSubOptions_Init(&options);
  options.Stream = definition_.stream.c_str();
  options.Consumer = consumer.c_str();
  options.ManualAck = true;
  natsSubscription* subscription = nullptr;
  status = js_PullSubscribe(&subscription, context_.get(),
                            definition_.subject.empty() ? nullptr : definition_.subject.c_str(),
                            consumer.c_str(), nullptr, &options, &error);
  subscription_.reset(subscription);
  return status == NATS_OK ? absl::OkStatus() : ErrorOf("the stream cannot be read", status);
}

absl::Status NatsSource::Open(MessagePlaces* places) {
  RETURN_IF_ERROR(Connect());
  RETURN_IF_ERROR(CheckStream(places));
  place_ = places->by_part[definition_.stream];
  return Subscribe(place_);
}

absl::Status NatsSource::Fetch(int count, absl::Duration wait,
                               std::vector<StreamMessage>* messages) {
  natsMsgList list{};
  jsFetchRequest request;
  jsFetchRequest_Init(&request);
  request.Batch = count;
  // Those that are there at once; if there are none, the first one that comes.
  request.NoWait = true;
  request.Expires = std::max<int64_t>(absl::ToInt64Nanoseconds(wait), 1'000'000);
  if (count > 1) request.MaxBytes = static_cast<int64_t>(limits::kImportBatchBytes);
  const natsStatus status = natsSubscription_FetchRequest(&list, subscription_.get(), &request);
  for (int i = 0; i < list.Count; ++i) {
    jsMsgMetaData* raw = nullptr;
    const natsStatus known = natsMsg_GetMetaData(&raw, list.Msgs[i]);
    const std::unique_ptr<jsMsgMetaData, void (*)(jsMsgMetaData*)> meta(raw, jsMsgMetaData_Destroy);
    if (known != NATS_OK) continue;                 // the server's own word, not of the stream
    if (meta->Sequence.Stream <= place_) continue;  // delivered again
    place_ = meta->Sequence.Stream;
    StreamMessage message{.part = definition_.stream,
                          .place = place_,
                          .key = std::string(LastPart(natsMsg_GetSubject(list.Msgs[i]))),
                          .time = meta->Timestamp / 1000};
    const auto bytes = static_cast<size_t>(natsMsg_GetDataLength(list.Msgs[i]));
    if (bytes > 0) message.payload = std::string(natsMsg_GetData(list.Msgs[i]), bytes);
    messages->push_back(std::move(message));
    last_.reset(list.Msgs[i]);
    list.Msgs[i] = nullptr;
  }
  natsMsgList_Destroy(&list);
  const bool is_empty = status == NATS_TIMEOUT || status == NATS_NOT_FOUND;
  if (status == NATS_OK || is_empty || !messages->empty()) return absl::OkStatus();
  return ErrorOf("the stream cannot be read", status);
}

absl::StatusOr<std::vector<StreamMessage>> NatsSource::Read(absl::Duration wait) {
  std::vector<StreamMessage> messages = std::exchange(lost_, {});
  if (!messages.empty() || *stop_) return messages;
  const absl::Status status = Fetch(kBatchMessages, wait, &messages);
  if (messages.empty()) RETURN_IF_ERROR(CheckStore());
  ASSIGN_OR_RETURN(const uint64_t waiting,
                   messages.empty() ? ReadLag() : absl::StatusOr<uint64_t>(0));
  // One that is larger than a batch may be is not delivered with others. What comes after one wait
  // has ended is there at the next.
  const absl::Time begin = SteadyNow();
  while (waiting > 0 && messages.empty() && !*stop_ && SteadyNow() - begin < kLargeMessageWait) {
    RETURN_IF_ERROR(Fetch(1, kLookAfter, &messages));
  }
  const bool is_silent = waiting > 0 && messages.empty();
  silent_since_ = is_silent ? std::min(silent_since_, begin) : absl::InfiniteFuture();
  if (is_silent && SteadyNow() - silent_since_ > kSilenceMax) {
    return absl::UnavailableError(
        fmt::format("{} messages wait in the stream `{}`, and the NATS server gives none", waiting,
                    definition_.stream));
  }
  if (messages.empty()) RETURN_IF_ERROR(status);
  return messages;
}

absl::Status NatsSource::Acknowledge() {
  if (last_ == nullptr) return absl::OkStatus();
  const natsStatus status = natsMsg_Ack(last_.get(), nullptr);
  last_.reset();
  return status == NATS_OK ? absl::OkStatus() : ErrorOf("cannot acknowledge", status);
}

absl::StatusOr<uint64_t> NatsSource::ReadLag() {
  jsConsumerInfo* raw = nullptr;
  jsErrCode error = static_cast<jsErrCode>(0);
  const natsStatus status = js_GetConsumerInfo(&raw, context_.get(), definition_.stream.c_str(),
                                               Consumer().c_str(), nullptr, &error);
  const std::unique_ptr<jsConsumerInfo, void (*)(jsConsumerInfo*)> info(raw,
                                                                        jsConsumerInfo_Destroy);
  if (status != NATS_OK) return ErrorOf("the consumer is gone", status);
  return info->NumPending;
}

absl::Status NatsSource::Retire() {
  const auto what_to_do = [this](const absl::Status& status) {
    return absl::Status(status.code(),
                        fmt::format("{}; the feed is gone, but not its consumer `{}` of the stream",
                                    Message(status), Consumer()));
  };
  if (const absl::Status status = Connect(); !status.ok()) return what_to_do(status);
  jsErrCode error = static_cast<jsErrCode>(0);
  const natsStatus status = js_DeleteConsumer(context_.get(), definition_.stream.c_str(),
                                              Consumer().c_str(), nullptr, &error);
  const bool is_gone = status == NATS_OK || status == NATS_NOT_FOUND;
  return is_gone ? absl::OkStatus() : what_to_do(ErrorOf("cannot remove it", status));
}

}  // namespace aisle
