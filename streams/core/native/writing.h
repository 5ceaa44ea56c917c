// Puts packed records into the queue of a producer, in one call.
#pragma once

#include <cstring>

#include "client.h"

namespace {

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

}  // namespace
