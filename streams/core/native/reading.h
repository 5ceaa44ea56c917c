// Reads the records that a consumer holds, in one call.
#pragma once

#include <cstdlib>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "client.h"

namespace {

// Texts that come again and again, by number.
class Numbered {
 public:
  int32_t of(const char *text) {
    auto [found, isNew] = numbers.emplace(text, texts.size());
    if (isNew) texts.push_back(found->first);
    return found->second;
  }

  std::vector<std::string> texts;

 private:
  std::unordered_map<std::string, int32_t> numbers;
};

// A value that somebody keeps holds its whole block back: it is small.
constexpr size_t blockBytes = 65536;
// More is left in the client's queue, however many records were asked for.
constexpr size_t batchBytesMax = 8 << 20;
constexpr int32_t endOfPartition = -1;

struct Block {
  char *data;
  size_t size;
  size_t room;
};

// realloc; where there is no memory the process ends, as V8 would end it.
char *allocated(char *data, size_t size) {
  auto *moved = static_cast<char *>(realloc(data, size));
  if (!moved) abort();
  return moved;
}

class Reading : public Nan::AsyncWorker {
 public:
  Reading(Nan::Callback *callback, v8::Local<v8::Object> client, int countMax, int waitMs, bool hasHeaders)
      : AsyncWorker(callback, "corrente:read"),
        client(client),
        countMax(countMax),
        waitMs(waitMs),
        hasHeaders(hasHeaders) {
    SaveToPersistent("client", client);
  }

  // Not destroyed before its buffers have become JavaScript's.
  ~Reading() override {
    for (auto &block : blocks) free(block.data);
  }

  void Execute() override {
    rd_kafka_t *rk = client.open();
    if (!rk) error = RD_KAFKA_RESP_ERR__STATE;
    for (int wait = waitMs; rk && count < countMax && bytes < batchBytesMax; wait = 0) {
      rd_kafka_message_t *message = rd_kafka_consumer_poll(rk, wait);
      if (!message) break;
      take(message);
      rd_kafka_message_destroy(message);
      if (error) break;
    }
    client.close();
  }

  void HandleOKCallback() override {
    Nan::HandleScope scope;
    auto list = Nan::New<v8::Array>(blocks.size());
    for (size_t i = 0; i < blocks.size(); i++) {
      auto [data, size, _] = blocks[i];
      auto freed = [](char *bytes, void *) { free(bytes); };
      Nan::Set(list, i, Nan::NewBuffer(data, size, freed, nullptr).ToLocalChecked());
    }
    blocks.clear();
    v8::Local<v8::Value> failure = Nan::Null();
    if (error) failure = errorOf(error);
    v8::Local<v8::Value> result[] = {failure, list, textsOf(topics.texts), textsOf(names.texts)};
    callback->Call(4, result, async_resource);
  }

 private:
  void take(rd_kafka_message_t *message) {
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return putHead(message, 0, endOfPartition);
    if (message->err) {
      error = message->err;
      return;
    }
    rd_kafka_headers_t *headers = nullptr;
    if (hasHeaders) rd_kafka_message_headers(message, &headers);
    const size_t headerCount = headers ? rd_kafka_header_cnt(headers) : 0;
    putHead(message, headerCount, message->key ? static_cast<int32_t>(message->key_len) : -1);
    put<int32_t>(message->payload ? static_cast<int32_t>(message->len) : -1);
    put(message->key, message->key ? message->key_len : 0);
    put(message->payload, message->payload ? message->len : 0);
    for (size_t i = 0; i < headerCount; i++) {
      const char *name;
      const void *value;
      size_t length;
      rd_kafka_header_get_all(headers, i, &name, &value, &length);
      put<int32_t>(names.of(name));
      put<int32_t>(value ? length : 0);
      put(value, value ? length : 0);
    }
    count++;
  }

  void putHead(rd_kafka_message_t *message, int32_t headerCount, int32_t keyLength) {
    if (blocks.empty() || blocks.back().size >= blockBytes) begin();
    rd_kafka_timestamp_type_t type;
    put<double>(message->offset);
    put<double>(message->err ? 0 : rd_kafka_message_timestamp(message, &type));
    put<int32_t>(topics.of(rd_kafka_topic_name(message->rkt)));
    put<int32_t>(message->partition);
    put<int32_t>(message->err ? endOfPartition : headerCount);
    put<int32_t>(keyLength);
  }

  void begin() { blocks.push_back({allocated(nullptr, blockBytes), 0, blockBytes}); }

  void put(const void *source, size_t length) {
    Block &block = blocks.back();
    if (block.size + length > block.room) {
      block.room = 2 * (block.size + length);
      block.data = allocated(block.data, block.room);
    }
    if (length > 0) memcpy(block.data + block.size, source, length);
    block.size += length;
    bytes += length;
  }

  template <typename Number>
  void put(Number number) {
    put(&number, sizeof number);
  }

  Client::Held client;
  const int countMax;
  const int waitMs;
  const bool hasHeaders;
  std::vector<Block> blocks;
  Numbered topics;
  Numbered names;
  int count = 0;
  size_t bytes = 0;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
};

// read(client, countMax, waitMs, hasHeaders, done(error, blocks, topics, names)): waits for the first only.
NAN_METHOD(Read) {
  if (!isClient(info[0])) return Nan::ThrowTypeError("not a client of node-rdkafka");
  auto *done = new Nan::Callback(info[4].As<v8::Function>());
  const int countMax = Nan::To<int>(info[1]).FromJust();
  const int waitMs = Nan::To<int>(info[2]).FromJust();
  const bool hasHeaders = Nan::To<bool>(info[3]).FromJust();
  Nan::AsyncQueueWorker(new Reading(done, info[0].As<v8::Object>(), countMax, waitMs, hasHeaders));
}

}  // namespace
