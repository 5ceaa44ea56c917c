import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const { build, built: builtAs } = createRequire(import.meta.url)('../bin/build.cjs') as {
  build(root: string, more?: readonly string[]): string
  built(root: string, environment: Readonly<Record<string, string>>): string
}

let root = ''
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const built = (path: string) => readFileSync(join(root, 'dist', path), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'corrente-build-'))
  for (const folder of [
    'schemas',
    'streams',
    'sandboxes',
    'soap',
    'connectors',
    'apps',
    'compose',
  ]) {
    mkdirSync(join(root, folder))
  }
  const imports = { '#core/*': './streams/core/*.ts' }
  put('package.json', JSON.stringify({ name: 'corrente', version: '1', type: 'module', imports }))
  put('streams/core/one.ts', 'export const one: number = 1')
  put('apps/worker/main.ts', "import { one } from '#core/one'\nexport const two = one + one")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('what is built', () => {
  it('is JavaScript that finds its own modules', async () => {
    const dist = build(root)
    const main = pathToFileURL(join(dist, 'apps/worker/main.js')).href
    expect(await import(/* @vite-ignore */ main)).toMatchObject({ two: 2 })
  })

  it('is taken as it is where the environment says so: an image is not written to', () => {
    build(root)
    put('streams/core/one.ts', 'export const one = 10')
    expect(builtAs(root, { CORRENTE_BUILD: 'off' })).toBe(join(root, 'dist'))
    expect(built('streams/core/one.js')).toMatch(/one = 1;/)
    builtAs(root, {})
    expect(built('streams/core/one.js')).toContain('one = 10')
  })

  it('is built again where its source is another one, and an older one too', () => {
    build(root)
    put('streams/core/one.ts', 'export const one = 10')
    build(root)
    expect(built('streams/core/one.js')).toContain('one = 10')
    put('streams/core/one.ts', 'export const one = 0.5')
    utimesSync(join(root, 'streams/core/one.ts'), 1_000, 1_000)
    build(root)
    expect(built('streams/core/one.js')).toContain('one = 0.5')
  })

  it('is left alone where its source has not changed', () => {
    build(root)
    writeFileSync(join(root, 'dist/streams/core/one.js'), 'touched')
    const { mtime } = statSync(join(root, 'streams/core/one.ts'))
    utimesSync(join(root, 'dist/streams/core/one.js'), mtime, mtime)
    build(root)
    expect(built('streams/core/one.js')).toBe('touched')
  })

  it('has beside it what is no TypeScript, as it is at any time', () => {
    put('schemas/released/payments/1.avsc', '{}')
    build(root)
    put('schemas/released/payments/1.avsc', '{"changed":true}')
    expect(built('schemas/released/payments/1.avsc')).toBe('{"changed":true}')
  })

  it('goes with its source, and tests are not built', () => {
    put('streams/core/one.test.ts', '')
    build(root)
    expect(existsSync(join(root, 'dist/streams/core/one.test.js'))).toBe(false)
    rmSync(join(root, 'streams/core/one.ts'))
    build(root)
    expect(existsSync(join(root, 'dist/streams/core/one.js'))).toBe(false)
    expect(existsSync(join(root, 'dist/streams/core/one.js.map'))).toBe(false)
  })

  it('has the folders that are asked for besides', () => {
    put('tests/program.ts', 'export {}')
    build(root, ['tests'])
    expect(existsSync(join(root, 'dist/tests/program.js'))).toBe(true)
  })

  it('is refused in a sentence where a source cannot be read', () => {
    put('streams/core/one.ts', 'export const one: = 1')
    expect(() => build(root)).toThrow(/^cannot build .*dist: .*streams\/core\/one\.ts:1/s)
  })
})
