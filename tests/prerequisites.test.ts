import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

interface Given {
  readonly version?: string
  readonly isTool?: (tool: string) => boolean
}
const { isNodeNewEnough, missingPrerequisites } = createRequire(import.meta.url)(
  '../bin/prerequisites.cjs',
) as {
  isNodeNewEnough(version: string): boolean
  missingPrerequisites(root: string, given?: Given): string[]
}

const checkout = fileURLToPath(new URL('..', import.meta.url))
const client = 'node_modules/node-rdkafka/build/Release/node-librdkafka.node'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'corrente-bin-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), '')
}

describe('what a checkout needs', () => {
  it('is all there where this test runs', () => {
    expect(missingPrerequisites(checkout)).toEqual([])
  })

  it('is npm ci where the dependencies are missing', () => {
    expect(missingPrerequisites(root, { isTool: () => true })).toEqual([
      `The dependencies are missing (node_modules/esbuild/package.json is not there): run npm ci in ${root}.`,
      'It compiles the Kafka client with Debian packages libssl-dev and zlib1g-dev, in 2 to 3 minutes.',
    ])
  })

  it('is a compiler first where the client was not compiled for want of one', () => {
    put('node_modules/esbuild/package.json')
    const isTool = (tool: string) => tool === 'python3'
    expect(missingPrerequisites(root, { isTool })).toEqual([
      `The compiled Kafka client is missing (${client} is not there): run npm ci in ${root}.`,
      'It compiles the Kafka client, for which g++, make is missing on this machine: first install ' +
        'Debian packages build-essential, python3, libssl-dev and zlib1g-dev.',
    ])
  })

  it('is no compiler once the client is compiled', () => {
    put('node_modules/esbuild/package.json')
    put(client)
    expect(missingPrerequisites(root, { isTool: () => false })).toEqual([])
  })

  it('is a newer Node before anything else', () => {
    expect(missingPrerequisites(root, { version: 'v18.20.0' })).toEqual([
      'Node v18.20.0 is too old: install Node 20.19 or newer.',
    ])
  })

  it.each([
    ['v20.19.0', true],
    ['v20.20.2', true],
    ['v22.0.0', true],
    ['v20.18.9', false],
    ['v18.20.0', false],
  ])('with Node %s: %s', (version, isEnough) => {
    expect(isNodeNewEnough(version)).toBe(isEnough)
  })

  it('is Node as package.json says it', () => {
    const { engines } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
      engines: { node: string }
    }
    expect(isNodeNewEnough(engines.node.replace('>=', 'v'))).toBe(true)
    expect(engines.node).toBe('>=20.19')
  })
})

describe('corrente in a fresh checkout', () => {
  it('says what to do, and fails', () => {
    cpSync(join(checkout, 'bin'), join(root, 'bin'), { recursive: true })
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/corrente.cjs')], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^The dependencies are missing .*: run npm ci in .*\.\nIt compiles/)
    expect(stderr).not.toContain('    at ')
  })
})
