import { describe, expect, it } from 'vitest'
import { pinnedTemplates } from '#apps/platform/pinned-templates'
import { checkKey } from '#ports/object-key'
import { shippedTemplates } from '#connectors/pdf-compiled/index'

const receipt = shippedTemplates().find(({ name }) => name === 'receipt')!
const { signal } = new AbortController()

const storeWith = (objects: Readonly<Record<string, string>>) => {
  const asked: string[] = []
  async function* inOne(text: string): AsyncIterable<Uint8Array> {
    yield Buffer.from(text)
  }
  const get = async (key: string) => {
    checkKey(key)
    asked.push(key)
    const text = objects[key]
    return text === undefined ? undefined : { object: {} as never, body: inOne(text) }
  }
  const templateOf = pinnedTemplates({ get })
  return { asked, templateOf: (pin: string) => templateOf(pin, signal) }
}

describe('the template of a name and version', () => {
  it('may come with the platform, and is then never asked for', async () => {
    const { asked, templateOf } = storeWith({})
    expect(await templateOf('receipt@1')).toEqual(receipt)
    expect(asked).toEqual([])
  })

  it('may lie in the object store, and is asked for once', async () => {
    const own = { ...receipt, name: 'own', version: 2 }
    const { asked, templateOf } = storeWith({ 'templates/own/2.json': JSON.stringify(own) })
    expect(await templateOf('own@2')).toEqual(own)
    await templateOf('own@2')
    expect(asked).toEqual(['templates/own/2.json'])
  })

  it.each([
    ['nobody has stored', 'own@3', 'no-template'],
    ['has no version', 'own', 'no-template'],
    ['is a way to somewhere else', '../exports/a@1', 'no-template'],
    ['is another one', 'other@1', 'bad-template'],
    ['is no JSON', 'broken@1', 'bad-template'],
    ['is no template', 'empty@1', 'bad-template'],
  ])('is refused where it %s', async (_, pin, code) => {
    const { templateOf } = storeWith({
      'templates/other/1.json': JSON.stringify(receipt),
      'templates/broken/1.json': '{',
      'templates/empty/1.json': '{}',
    })
    await expect(templateOf(pin)).rejects.toMatchObject({ code })
  })
})
