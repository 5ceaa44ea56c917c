#!/usr/bin/env node
'use strict'

// The Kafka client keeps a thread of libuv's pool for each consumer that waits. The pool takes its size once,
// before anything asynchronous has run: this file is CommonJS because an ES module would be too late.
process.env.UV_THREADPOOL_SIZE = process.env.UV_THREADPOOL_SIZE || '64'

const { existsSync } = require('fs')
const { join } = require('path')
const { pathToFileURL } = require('url')
const { missingPrerequisites } = require('./prerequisites.cjs')

/** Runs `corrente <app> …`, each app a folder of `apps/` with a main.ts, or a command of `apps/corrente`. */
async function run(dist, word) {
  const mainOf = (app) => join(dist, 'apps', app, 'main.js')
  const isApp = /^[a-z-]+$/.test(word) && word !== 'corrente' && existsSync(mainOf(word))
  const main = mainOf(isApp ? word : 'corrente')
  process.argv.splice(1, isApp ? 2 : 1, main)
  await import(pathToFileURL(main).href)
}

const fail = (text) => {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}

const root = join(__dirname, '..')
const missing = missingPrerequisites(root)
if (missing.length > 0) fail(missing.join('\n'))
else start().catch((error) => fail(error.stack || error))

async function start() {
  let dist
  try {
    dist = require('./build.cjs').built(root)
  } catch (error) {
    return fail(error.message)
  }
  await run(dist, process.argv[2] || '')
}
