import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import {
  checkPostgres,
  postgresFindings,
  type PostgresSaid,
  refusalOf,
} from '#apps/corrente/doctor/production/postgres'

const well: PostgresSaid = {
  version: 180_004,
  isEncrypted: true,
  isSuperuser: false,
  mayMakeRoles: false,
  isReplica: false,
  isAway: true,
}
const told = (changed: Partial<PostgresSaid>) =>
  postgresFindings({ ...well, ...changed }).map(({ level, sentence }) => `${level}: ${sentence}`)

let server: Server | undefined
afterEach(() => void server?.close())

it('is well for a role that is nobody special, over TLS', () => {
  expect(told({})).toEqual(['ok: Postgres 18 answers; the role is nobody special'])
  expect(told({ isEncrypted: false, isAway: false })[0]).toMatch(/^ok: /)
})

it.each([
  [{ version: 130_012 }, /^warning: Postgres 13 gets no corrections/],
  [{ isReplica: true }, /^problem: .* only follows another/],
  [{ isEncrypted: false }, /^warning: this connection to Postgres is in the clear/],
  [{ isSuperuser: true, mayMakeRoles: true }, /^warning: the role of DATABASE_URL is a superuser/],
  [{ mayMakeRoles: true }, /^advice: the role of DATABASE_URL may make roles/],
])('%j is a sentence', (changed, sentence) => {
  expect(told(changed)).toEqual([expect.stringMatching(sentence)])
})

it('tells a refusal by the name of the setting', () => {
  expect(refusalOf({ code: '28P01', message: 'password authentication failed for user "x"' })).toBe(
    'Postgres refuses the user or the password of DATABASE_URL: correct them',
  )
  expect(refusalOf({ code: '3D000', message: '' })).toMatch(/is not there: make it/)
  expect(refusalOf({ code: 'ECONNREFUSED', message: '' })).toMatch(/\(ECONNREFUSED\): start it/)
})

it('says so where none is named', async () => {
  expect((await checkPostgres({})).map(({ level }) => level)).toEqual(['ok'])
})

it('waits for one that hangs no longer than a few seconds', async () => {
  server = createServer(() => undefined)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const began = performance.now()
  const [finding] = await checkPostgres({
    DATABASE_URL: `postgres://x:hunter22@127.0.0.1:${port}/x`,
  })
  expect(finding!.level).toBe('problem')
  expect(finding!.sentence).toMatch(/does not answer/)
  expect(finding!.sentence).not.toContain('hunter22')
  expect(performance.now() - began).toBeLessThan(8_000)
})
