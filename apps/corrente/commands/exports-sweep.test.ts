import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from '#tests/command'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'exports-sweep-'))
  for (const name of ['KAFKA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS', 'S3_BUCKET', 'S3_ENDPOINT']) {
    vi.stubEnv(name, undefined)
  }
  vi.stubEnv('CORRENTE_HOME', home)
  vi.stubEnv('OBJECT_STORE_FOLDER', join(home, 'objects'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const sweep = (...args: readonly string[]) => runCommand(['exports', 'sweep', ...args])

describe('corrente exports sweep', () => {
  it.each(['1h', '119m'])('does not look at what a step may still be storing: %s', async (age) => {
    const { code, err } = await sweep('--older-than', age)
    expect(code).toBe(2)
    expect(err).toContain('may still be storing what is younger than 2h')
  })

  it('says which settings are missing where no store is named', async () => {
    vi.stubEnv('OBJECT_STORE_FOLDER', undefined)
    const { code, err } = await sweep()
    expect(code).toBe(2)
    expect(err).toContain('set S3_BUCKET')
    expect(err).toContain('OBJECT_STORE_FOLDER')
  })

  it('says that nothing was swept where no Kafka tells of exports', async () => {
    const { code, out, err } = await sweep('--older-than', '2h')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('nothing was swept: no Kafka to work on')
  })
})
