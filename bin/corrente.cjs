#!/usr/bin/env node
'use strict'

// The Kafka client keeps a thread of libuv's pool for each consumer that waits. The pool takes its size once,
// before anything asynchronous has run: this file is CommonJS because an ES module would be too late.
process.env.UV_THREADPOOL_SIZE ??= '64'

const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

const apps = ['worker', 'payment-proxy', 'ingest', 'sandbox']
const root = join(__dirname, '..')
const name = process.argv[2]
const isApp = apps.includes(name)
const main = join(root, 'apps', isApp ? name : 'corrente', 'main.ts')

process.argv.splice(1, isApp ? 2 : 1, main)
import('tsx/esm/api')
  .then(({ register }) => {
    register()
    return import(pathToFileURL(main).href)
  })
  .catch((error) => {
    process.stderr.write(`${error?.stack ?? error}\n`)
    process.exitCode = 1
  })
