import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { expectOwnStore } from '#apps/platform/sweeping/own-store'
import { filesStore } from '#connectors/object-store-files/index'

async function given() {
  const folder = await mkdtemp(join(tmpdir(), 'own-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = filesStore({ folder })
  const looked = { isDryRun: true, isTakenOver: false }
  return {
    store,
    claims: (cluster: string, changes: Partial<typeof looked> = {}) =>
      expectOwnStore(store, cluster, { ...looked, isDryRun: false, ...changes }),
    looks: (cluster: string) => expectOwnStore(store, cluster, looked),
  }
}

describe('a store', () => {
  it('is that of one installation, however often it sweeps', async () => {
    const { claims } = await given()
    await claims('one')
    await expect(claims('one')).resolves.toBeUndefined()
  })

  it('that two installations share is swept by neither', async () => {
    const { claims } = await given()
    await claims('one')
    await expect(claims('other')).rejects.toThrow('also that of the Kafka cluster one')
    await expect(claims('one')).rejects.toThrow('also that of the Kafka cluster other')
  })

  it('is only looked at by who only looks', async () => {
    const { claims, looks } = await given()
    await looks('one')
    await claims('other')
    await expect(looks('one')).rejects.toThrow('cluster other')
  })

  it('is taken over from a cluster that is gone', async () => {
    const { claims } = await given()
    await claims('one')
    await claims('other', { isTakenOver: true })
    await expect(claims('other')).resolves.toBeUndefined()
  })
})
