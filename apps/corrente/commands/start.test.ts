import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UsageError } from '#apps/corrente/command'
import { start } from '#apps/corrente/commands/start'
import { up } from '#apps/corrente/commands/up'
import { dataDirOf } from '#apps/corrente/place'

let home = ''
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'start-')), 'home')
  vi.stubEnv('CORRENTE_HOME', home)
  for (const name of ['KAFKA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS', 'SCHEMA_REGISTRY_URL']) {
    vi.stubEnv(name, '')
  }
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(join(home, '..'), { recursive: true, force: true })
})

describe.each(['KAFKA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS'])('a Kafka named by %s', (name) => {
  it.each([
    [
      start,
      /is a demonstration .*: on your own Kafka run corrente topics apply, .* or say --on-own-kafka to have it there$/,
    ],
    [up, /^.* is set, and up starts a Kafka of its own: unset it, or prepare yours/],
  ])('is left alone', async (command, sentence) => {
    vi.stubEnv(name, 'kafka.example:9092')
    const refusal: unknown = await command.run([]).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UsageError)
    expect((refusal as Error).message).toMatch(sentence)
    expect((refusal as Error).message).toContain(`${name} is set`)
    expect(existsSync(home)).toBe(false)
  })
})

describe('a registry that is named without a Kafka', () => {
  it.each([start, up])('is not replaced by the embedded one', async (command) => {
    vi.stubEnv('SCHEMA_REGISTRY_URL', 'http://registry.example')
    await expect(command.run([])).rejects.toThrow('SCHEMA_REGISTRY_URL is set and KAFKA_BROKERS')
    expect(existsSync(home)).toBe(false)
  })
})

describe('the data of an installation', () => {
  it('is below CORRENTE_HOME, else below the checkout, by port base', () => {
    expect(dataDirOf(17_100)).toBe(join(home, 'stack-17100'))
    vi.stubEnv('CORRENTE_HOME', '')
    expect(dataDirOf(17_100)).toBe(join(process.cwd(), '.corrente', 'stack-17100'))
  })
})
