import { afterEach, expect, it, vi } from 'vitest'
import { acls } from '#apps/corrente/commands/acls'

const written: string[] = []
vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
  written.push(String(text))
  return true
})
afterEach(() => void written.splice(0))

const run = async (...args: readonly string[]) => {
  expect(await acls.run(args)).toBe(0)
  return written.join('')
}

it('is a table of one user where one is named', async () => {
  const lines = (await run('--principal', 'ingest')).trimEnd().split('\n')
  expect(lines[0]).toMatch(/^principal +may +on +name$/)
  expect(lines[1]).toMatch(/^User:ingest +Write +topic +applications$/)
  expect(lines.slice(1).every((line) => line.startsWith('User:ingest '))).toBe(true)
})

it('is JSON with the prefix that the cluster gives its users', async () => {
  const grants = JSON.parse(await run('--json', '--principal-prefix', 'User:CN=')) as {
    readonly principal: string
  }[]
  expect(grants.length).toBeGreaterThan(100)
  expect(grants.every(({ principal }) => principal.startsWith('User:CN='))).toBe(true)
})

it('is calls of the tool of Kafka', async () => {
  const lines = (await run('--commands')).trimEnd().split('\n')
  expect(lines.every((line) => line.startsWith('"${KAFKA_ACLS:-kafka-acls.sh}" '))).toBe(true)
})

it.each([
  [['--worker', 'debits-worker'], /say <name>=<unit>/],
  [['--worker', 'a=no-such-unit'], /no-such-unit is not a unit/],
  [['--principal', 'nobody'], /the users are worker, payment-proxy, /],
  [['--ingest-topics', 'paymints'], /there is no topic paymints/],
])('refuses %j with a sentence', async (args, sentence) => {
  await expect(Promise.resolve().then(() => acls.run(args))).rejects.toThrow(sentence)
})
