// The clients of node-rdkafka, and what passes between them and JavaScript.
#pragma once

#include <nan.h>

#include <string>
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

bool isClient(v8::Local<v8::Value> value) {
  return value->IsObject() && value.As<v8::Object>()->InternalFieldCount() > 0;
}

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

}  // namespace
