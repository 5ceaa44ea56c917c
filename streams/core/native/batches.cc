// Reads and writes batches of records through a client of node-rdkafka, one call a batch. node-rdkafka makes a dozen V8
// objects of each record on the main thread, which costs more than all the engine does with it: docs/performance.md.
#include <nan.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rdkafka.h"
#include "src/connection.h"

namespace {

// The client behind a JavaScript object of node-rdkafka, held open as long as this lives.
class Client : NodeKafka::Connection {
 public:
  class Held {
   public:
    explicit Held(v8::Local<v8::Object> object)
        : connection(static_cast<Client *>(Nan::ObjectWrap::Unwrap<NodeKafka::Connection>(object))) {}

    // Null where the client is disconnected.
    rd_kafka_t *open() {
      uv_rwlock_rdlock(&connection->m_connection_lock);
      isOpen = true;
      const bool isConnected = !connection->m_is_closing && connection->m_client;
      return isConnected ? connection->m_client->c_ptr() : nullptr;
    }

    void close() {
      if (isOpen) uv_rwlock_rdunlock(&connection->m_connection_lock);
      isOpen = false;
    }

    ~Held() { close(); }

   private:
    Client *connection;
    bool isOpen = false;
  };
};

v8::Local<v8::String> textOf(const std::string &text) { return Nan::New(text).ToLocalChecked(); }

v8::Local<v8::Array> textsOf(const std::vector<std::string> &texts) {
  auto list = Nan::New<v8::Array>(texts.size());
  for (size_t i = 0; i < texts.size(); i++) Nan::Set(list, i, textOf(texts[i]));
  return list;
}

std::vector<std::string> textsIn(v8::Local<v8::Value> value) {
  std::vector<std::string> texts;
  auto list = value.As<v8::Array>();
  for (uint32_t i = 0; i < list->Length(); i++) {
    texts.emplace_back(*Nan::Utf8String(Nan::Get(list, i).ToLocalChecked()));
  }
  return texts;
}

v8::Local<v8::Value> errorOf(rd_kafka_resp_err_t code) {
  auto error = Nan::Error(rd_kafka_err2str(code)).As<v8::Object>();
  Nan::Set(error, textOf("code"), Nan::New<v8::Int32>(code));
  Nan::Set(error, textOf("errno"), Nan::New<v8::Int32>(code));
  Nan::Set(error, textOf("origin"), textOf(code < 0 ? "local" : "kafka"));
  return error;
}

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

bool isClient(v8::Local<v8::Value> value) {
  return value->IsObject() && value.As<v8::Object>()->InternalFieldCount() > 0;
}

// read(client, countMax, waitMs, hasHeaders, done(error, blocks, topics, names)): waits for the first only.
NAN_METHOD(Read) {
  if (!isClient(info[0])) return Nan::ThrowTypeError("not a client of node-rdkafka");
  auto *done = new Nan::Callback(info[4].As<v8::Function>());
  const int countMax = Nan::To<int>(info[1]).FromJust();
  const int waitMs = Nan::To<int>(info[2]).FromJust();
  const bool hasHeaders = Nan::To<bool>(info[3]).FromJust();
  Nan::AsyncQueueWorker(new Reading(done, info[0].As<v8::Object>(), countMax, waitMs, hasHeaders));
}

class Cursor {
 public:
  explicit Cursor(const char *at) : at(at) {}

  int32_t number() {
    int32_t value;
    memcpy(&value, bytes(sizeof value), sizeof value);
    return value;
  }

  // Null for a length below zero.
  const char *bytes(int32_t length) {
    const char *begin = length < 0 ? nullptr : at;
    if (length > 0) at += length;
    return begin;
  }

 private:
  const char *at;
};

rd_kafka_vu_t bytesOf(rd_kafka_vtype_t type, const char *bytes, int32_t length) {
  rd_kafka_vu_t part;
  part.vtype = type;
  part.u.mem.ptr = const_cast<char *>(bytes);
  part.u.mem.size = bytes ? length : 0;
  return part;
}

// Queues the record at the cursor; the client has its own copy then.
rd_kafka_resp_err_t writeOne(rd_kafka_t *rk, Cursor &at, const std::vector<std::string> &topics,
                             const std::vector<std::string> &names) {
  rd_kafka_vu_t parts[6];
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = topics[at.number()].c_str();
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = at.number();
  parts[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[2].u.i = RD_KAFKA_MSG_F_COPY;
  const int32_t keyLength = at.number();
  const int32_t valueLength = at.number();
  const int32_t headerCount = at.number();
  parts[3] = bytesOf(RD_KAFKA_VTYPE_KEY, at.bytes(keyLength), keyLength);
  parts[4] = bytesOf(RD_KAFKA_VTYPE_VALUE, at.bytes(valueLength), valueLength);
  parts[5].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[5].u.headers = rd_kafka_headers_new(headerCount);
  for (int32_t i = 0; i < headerCount; i++) {
    const std::string &name = names[at.number()];
    const int32_t length = at.number();
    rd_kafka_header_add(parts[5].u.headers, name.data(), name.size(), at.bytes(length), length);
  }
  rd_kafka_error_t *failure = rd_kafka_produceva(rk, parts, 6);
  if (!failure) return RD_KAFKA_RESP_ERR_NO_ERROR;
  const rd_kafka_resp_err_t code = rd_kafka_error_code(failure);
  rd_kafka_error_destroy(failure);
  // Only what was queued belongs to the client.
  rd_kafka_headers_destroy(parts[5].u.headers);
  return code;
}

// write(client, topics, names, packed, from, to): queues the records packed between two places. Returns where it came
// to: before the end only where the client's queue is full. Throws where a record is refused.
NAN_METHOD(Write) {
  if (!isClient(info[0])) return Nan::ThrowTypeError("not a client of node-rdkafka");
  Client::Held client(info[0].As<v8::Object>());
  rd_kafka_t *rk = client.open();
  if (!rk) return Nan::ThrowError(errorOf(RD_KAFKA_RESP_ERR__STATE));
  const auto topics = textsIn(info[1]);
  const auto names = textsIn(info[2]);
  const char *packed = node::Buffer::Data(info[3]);
  int32_t from = Nan::To<int32_t>(info[4]).FromJust();
  const int32_t to = Nan::To<int32_t>(info[5]).FromJust();
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  while (from < to) {
    Cursor at(packed + from);
    const int32_t length = at.number();
    code = writeOne(rk, at, topics, names);
    if (code) break;
    from += length;
  }
  if (code && code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return Nan::ThrowError(errorOf(code));
  info.GetReturnValue().Set(from);
}

NAN_MODULE_INIT(Init) {
  Nan::Export(target, "read", Read);
  Nan::Export(target, "write", Write);
  // Of the classes it looks into: with another version it must not be used.
  Nan::Set(target, textOf("builtFor"), textOf(BUILT_FOR));
}

NODE_MODULE(batches, Init)

}  // namespace
