{
  "variables": {
    "rdkafka": "<!(node -p \"path.dirname(require.resolve('node-rdkafka/package.json'))\")",
    "built_for": "<!(node -p \"require('node-rdkafka/package.json').version\")",
    "nan": "<!(node -p \"path.dirname(require.resolve('nan/package.json'))\")"
  },
  "targets": [
    {
      "target_name": "batches",
      "sources": ["batches.cc"],
      "include_dirs": [
        "<(nan)",
        "<(rdkafka)",
        "<(rdkafka)/deps/librdkafka/src",
        "<(rdkafka)/deps/librdkafka/src-cpp"
      ],
      "defines": ["BUILT_FOR=\"<(built_for)\""],
      "cflags_cc!": ["-fno-rtti", "-fno-exceptions"],
      "cflags_cc": ["-std=c++17", "-Wno-unused-parameter", "-Wno-cast-function-type", "-Wno-ignored-qualifiers"],
      "libraries": [
        "<(rdkafka)/build/deps/librdkafka.so.1",
        "-Wl,-rpath,<(rdkafka)/build/deps"
      ]
    }
  ]
}
