'use strict'

// Plain CommonJS without a dependency, and as old Nodes read it: it speaks where nothing is installed yet.
const { spawnSync } = require('child_process')
const { existsSync } = require('fs')
const { join } = require('path')

const nodeMin = [20, 19]
const toolchain = ['g++', 'make', 'python3']
const needed = ['esbuild/package.json', 'node-rdkafka/build/Release/node-librdkafka.node']

/** Whether a Node, as `process.version` says it (`v20.20.2`), is new enough. */
const isNodeNewEnough = (version) => {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])
}

const runs = (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0

/**
 * What this machine lacks before the checkout at `root` can run, in sentences; empty where nothing is. Whether Java
 * and Maven are there is asked where the embedded stack starts: not every command needs them.
 */
const missingPrerequisites = (root, { version = process.version, isTool = runs } = {}) => {
  if (!isNodeNewEnough(version)) {
    return [`Node ${version} is too old: install Node ${nodeMin.join('.')} or newer.`]
  }
  const absent = needed.filter((path) => !existsSync(join(root, 'node_modules', path)))
  if (absent.length === 0) return []
  const tools = toolchain.filter((tool) => !isTool(tool))
  const what = absent.includes(needed[0]) ? 'The dependencies are' : 'The compiled Kafka client is'
  return [
    `${what} missing (node_modules/${absent[0]} is not there): run npm ci in ${root}.`,
    tools.length === 0
      ? 'It compiles the Kafka client with Debian packages libssl-dev and zlib1g-dev, in 2 to 3 minutes.'
      : `It compiles the Kafka client, for which ${tools.join(', ')} is missing on this machine: first install ` +
        'Debian packages build-essential, python3, libssl-dev and zlib1g-dev.',
  ]
}

module.exports = { isNodeNewEnough, missingPrerequisites }
