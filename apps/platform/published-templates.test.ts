import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { templatePinning } from '#apps/platform/pin-template'
import {
  publishTemplate,
  templateVersions,
  withdrawTemplate,
} from '#apps/platform/published-templates'
import { pinIn, pinText } from '#apps/platform/template-pin'
import { filesStore } from '#connectors/object-store-files/index'
import type { RejectedError } from '#core/errors'

async function given() {
  const folder = await mkdtemp(join(tmpdir(), 'published-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = filesStore({ folder })
  const pinning = templatePinning(store)
  return {
    store,
    publish: (pin: string, text = 'first') =>
      publishTemplate(store, pinIn(pin)!, Buffer.from(text)),
    withdraw: (pin: string) => withdrawTemplate(store, pinIn(pin)!),
    pinOf: async (asked: string) => {
      const pinned = await pinning(asked)
      return 'pin' in pinned ? pinned.pin : pinned.why
    },
    states: async (wanted: string) =>
      (await templateVersions(store))
        .filter(({ name }) => name === wanted)
        .map((one) => [pinText(one), one.from, one.state]),
  }
}
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ code, message }: RejectedError) => `${code}: ${message}`,
  )

describe('a template that is published', () => {
  it('is there once, and is what new requests get by its name', async () => {
    const { publish, pinOf } = await given()
    expect(await publish('own@1')).toEqual({ isNew: true, current: 'own@1' })
    expect(await publish('own@1')).toEqual({ isNew: false, current: 'own@1' })
    expect(await pinOf('own')).toBe('own@1')
  })

  it('never changes: other bytes are refused, and those that were there stay', async () => {
    const { publish, store } = await given()
    await publish('own@1')
    const before = await store.head('templates/own/1.json')
    expect(await refused(publish('own@1', 'second'))).toBe(
      'other-template: own@1 is there with other bytes, and a version never changes: publish it as own@2',
    )
    expect(await store.head('templates/own/1.json')).toEqual(before)
  })

  it('is that of one of two who publish other bytes at once', async () => {
    const { publish } = await given()
    const both = [publish('own@1', 'first'), publish('own@1', 'second')]
    const ended = await Promise.allSettled(both)
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('never takes the place of one that comes with the platform, but may follow it', async () => {
    const { publish, pinOf } = await given()
    expect(await refused(publish('receipt@1'))).toContain('publish it as receipt@2')
    await publish('receipt@2')
    expect(await pinOf('receipt')).toBe('receipt@2')
    expect(await pinOf('receipt@1')).toBe('receipt@1')
  })

  it('with a lower number than another is not current', async () => {
    const { publish, states } = await given()
    await publish('own@10')
    expect(await publish('own@9')).toEqual({ isNew: true, current: 'own@10' })
    expect(await states('own')).toEqual([
      ['own@10', 'store', 'current'],
      ['own@9', 'store', 'earlier'],
    ])
  })
})

describe('a template that is withdrawn', () => {
  it('gives new requests the version before it, and none by its own', async () => {
    const { publish, withdraw, pinOf, states } = await given()
    await publish('own@1')
    await publish('own@2', 'second')
    expect(await withdraw('own@2')).toEqual({ isNew: true, current: 'own@1' })
    expect(await withdraw('own@2')).toEqual({ isNew: false, current: 'own@1' })
    expect([await pinOf('own'), await pinOf('own@1')]).toEqual(['own@1', 'own@1'])
    expect(await pinOf('own@2')).toBe('withdrawn')
    expect(await states('own')).toEqual([
      ['own@2', 'store', 'withdrawn'],
      ['own@1', 'store', 'current'],
    ])
  })

  it('stays where it is, for what was pinned to it', async () => {
    const { publish, withdraw, store } = await given()
    await publish('own@1')
    await withdraw('own@1')
    expect(await store.head('templates/own/1.json')).toBeDefined()
  })

  it('does not come back, and leaves its number to nobody', async () => {
    const { publish, withdraw, pinOf } = await given()
    await publish('own@1')
    await withdraw('own@1')
    expect(await refused(publish('own@1'))).toBe(
      'withdrawn-template: own@1 was withdrawn, and does not come back: publish it as own@2',
    )
    expect(await pinOf('own')).toBe('withdrawn')
    await publish('own@2')
    expect(await pinOf('own')).toBe('own@2')
  })

  it('may be one of the platform', async () => {
    const { withdraw, pinOf } = await given()
    expect(await withdraw('receipt@1')).toEqual({ isNew: true, current: undefined })
    expect(await pinOf('receipt')).toBe('withdrawn')
  })

  it('is one that there is', async () => {
    const { withdraw } = await given()
    expect(await refused(withdraw('own@1'))).toBe('no-template: there is no template own@1')
  })
})
