'use strict'

// Compiles what reads and writes batches (`npm run native`), with npm's own node-gyp and the toolchain that compiled
// node-rdkafka. The engine runs without it, too: slower.
const { spawnSync } = require('child_process')

const gyp = process.env.npm_config_node_gyp
if (!gyp) throw new Error('npm does not say where its node-gyp is: start this by npm run native')
const { status } = spawnSync(process.execPath, [gyp, 'rebuild', '--silent'], {
  cwd: __dirname,
  stdio: ['ignore', 'ignore', 'inherit'],
})
process.exitCode = status === 0 ? 0 : 1
