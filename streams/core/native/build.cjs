'use strict'

// Compiles what reads and writes batches, with npm's own node-gyp and the toolchain that compiled node-rdkafka:
// `npm run native`. Behind `npm ci` (`--optional`) a failure is only told: the engine runs without it, slower.
const { spawnSync } = require('child_process')

const secondsMax = 120

function build() {
  const gyp = process.env.npm_config_node_gyp
  if (!gyp) return 'npm does not say where its node-gyp is: start this by npm run native'
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    [gyp, 'rebuild', '--loglevel=error'],
    {
      cwd: __dirname,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: secondsMax * 1000,
    },
  )
  if (status === 0) return undefined
  if (signal !== null) return `it did not end within ${secondsMax} s`
  return String(stderr).trim() || `node-gyp ended with ${status}`
}

const isOptional = process.argv.includes('--optional')
const failure = build()
if (failure !== undefined) {
  const lines = failure.split('\n')
  const first = lines.find((line) => /error/i.test(line)) || lines[0]
  process.stderr.write(
    isOptional
      ? `native batches are not built, records pass one by one: ${first} (npm run native says more)\n`
      : `${failure}\n`,
  )
  if (!isOptional) process.exitCode = 1
}
