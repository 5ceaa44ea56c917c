// Waits until a producer has nothing left to send.
#pragma once

#include <chrono>

#include "client.h"

namespace {

// While only failures are reported nothing wakes rd_kafka_flush: it looks every 10 ms, and at the end of its time.
constexpr int sliceMs = 1;

class Flushing : public Nan::AsyncWorker {
 public:
  Flushing(Nan::Callback *callback, v8::Local<v8::Object> client, int waitMs)
      : AsyncWorker(callback, "corrente:flush"), client(client), waitMs(waitMs) {
    SaveToPersistent("client", client);
  }

  void Execute() override {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::milliseconds(waitMs);
    rd_kafka_t *rk = client.open();
    if (!rk) error = RD_KAFKA_RESP_ERR__STATE;
    while (rk) {
      error = rd_kafka_flush(rk, sliceMs);
      if (error != RD_KAFKA_RESP_ERR__TIMED_OUT || Clock::now() >= deadline) break;
    }
    client.close();
  }

  void HandleOKCallback() override {
    Nan::HandleScope scope;
    v8::Local<v8::Value> result[] = {Nan::Null()};
    if (error) result[0] = errorOf(error);
    callback->Call(1, result, async_resource);
  }

 private:
  Client::Held client;
  const int waitMs;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
};

// flush(client, waitMs, done(error)): as that of node-rdkafka, told within a millisecond of the last acknowledgement.
NAN_METHOD(Flush) {
  if (!isClient(info[0])) return Nan::ThrowTypeError("not a client of node-rdkafka");
  auto *done = new Nan::Callback(info[2].As<v8::Function>());
  const int waitMs = Nan::To<int>(info[1]).FromJust();
  Nan::AsyncQueueWorker(new Flushing(done, info[0].As<v8::Object>(), waitMs));
}

}  // namespace
