import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What each layer may import besides itself. */
const mayImport: Record<string, readonly string[]> = {
  schemas: [],
  ports: ['schemas'],
  core: ['ports', 'schemas'],
  streams: ['core', 'ports', 'schemas'],
  sandboxes: ['ports', 'schemas'],
  soap: ['sandboxes', 'core', 'ports', 'schemas'],
  connectors: ['soap', 'sandboxes', 'core', 'ports', 'schemas'],
  compose: [],
  apps: ['streams', 'connectors', 'core', 'ports', 'schemas', 'compose'],
  tests: ['apps', 'streams', 'connectors', 'core', 'ports', 'schemas', 'compose'],
}
const linesMax = 200
const roots = ['schemas', 'streams', 'sandboxes', 'soap', 'connectors', 'apps', 'compose', 'tests']
const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`)
const sources = roots
  .flatMap(filesIn)
  .filter((path) => path.endsWith('.ts') && !path.startsWith('schemas/generated/'))
const layerOf = (path: string) => /^streams\/(core|ports)\//.exec(path)?.[1] ?? path.split('/')[0]!
const folderOf = (path: string) => dirname(path).split('/').slice(0, 2).join('/')
const isTest = (path: string) => path.endsWith('.test.ts')
const isList = (path: string) => /^(streams|connectors)\/index\.ts$/.test(path)
const isTestSupport = (path: string) => /(samples|drive)\.ts$|\/example-/.test(path)
const read = (path: string) => readFileSync(path, 'utf8')
const importsOf = (path: string) =>
  [...read(path).matchAll(/from '#([^']+)'/g)].map(([, name]) => name!)

describe('tidy', () => {
  it.each(sources)('%s imports only downwards or beside', (path) => {
    expect(read(path)).not.toMatch(/from '\.\.?\/(?!\.\.\/package\.json)/)
    const layer = layerOf(path)
    for (const name of importsOf(path)) {
      const imported = name.split('/')[0]!
      if (imported !== layer && !isTest(path)) expect(mayImport[layer], name).toContain(imported)
    }
  })

  it.each(sources.filter((path) => !isList(path)))('%s keeps to its own folder', (path) => {
    const [root, folder] = folderOf(path).split('/')
    for (const name of importsOf(path)) {
      const [layer, first = '', second] = name.split('/')
      // A domain does not import another, a connector not another, an app not another.
      if (layer === root && root === 'streams') expect(first, name).toBe(folder)
      if (layer === root && root === 'apps') expect([folder, 'platform'], name).toContain(first)
      if (layer === 'connectors' && root !== 'connectors' && second !== undefined) {
        expect(['index', 'sandbox'], name).toContain(second)
      }
      if (layer === root && root === 'connectors') expect(first, name).toBe(folder)
    }
  })

  it.each(sources)('%s has a good name and fits on a few screens', (path) => {
    expect(path).not.toMatch(/\b(utils?|helpers?|common|misc|shared|manager|impl|base|info)\b/)
    expect(path.split('/').at(-1)).toMatch(/^[a-z0-9-]+(\.e2e)?(\.test)?\.ts$/)
    expect(read(path).split('\n').length).toBeLessThanOrEqual(linesMax + 1)
  })

  it.each(sources.filter((path) => !isTest(path)))('%s names no place of one machine', (path) => {
    expect(read(path)).not.toMatch(/['"`=]\/(tmp|var\/tmp|home|root|Users)\//)
  })

  const units = sources.filter(
    (path) => layerOf(path) === 'streams' && !isTest(path) && !isList(path) && !isTestSupport(path),
  )
  const declarations = units.filter((path) => /define(Processor|Task)\(/.test(read(path)))
  it.each(declarations)('%s has a test beside it', (path) => {
    expect(existsSync(path.replace(/\.ts$/, '.test.ts'))).toBe(true)
  })

  // What no outside party is behind: it computes.
  const withoutParty = ['pdf-compiled']
  const connectors = readdirSync('connectors').filter((name) => !name.endsWith('.ts'))
  it.each(connectors.filter((name) => !withoutParty.includes(name)))(
    'connectors/%s has the shape of a connector',
    (name) => {
      const shape = ['client', 'config', 'index', 'index.test', 'mapping', 'sandbox']
      expect(readdirSync(`connectors/${name}`)).toEqual(
        expect.arrayContaining(shape.map((file) => `${file}.ts`)),
      )
    },
  )

  it('names the registry of packages nowhere, so that any mirror serves', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"')
    expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true')
  })
})
