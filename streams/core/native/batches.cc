// Reads and writes batches of records through a client of node-rdkafka, one call a batch. node-rdkafka makes a dozen V8
// objects of each record on the main thread, which costs more than all the engine does with it: docs/performance.md.
#include "client.h"
#include "flushing.h"
#include "reading.h"
#include "writing.h"

namespace {

NAN_MODULE_INIT(Init) {
  Nan::Export(target, "read", Read);
  Nan::Export(target, "write", Write);
  Nan::Export(target, "flush", Flush);
  // Of the classes it looks into: with another version it must not be used.
  Nan::Set(target, textOf("builtFor"), textOf(BUILT_FOR));
}

NODE_MODULE(batches, Init)

}  // namespace
