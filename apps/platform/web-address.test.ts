import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { webAddress } from '#apps/platform/web-address'
import { parsed, SettingsError } from '#apps/platform/settings'

const read = (text: string) =>
  parsed(z.object({ SOME_URL: webAddress }), { SOME_URL: text }).SOME_URL

describe('a web address', () => {
  it.each(['https://pay.example', 'http://127.0.0.1:8000', 'https://pay.example/payments/'])(
    'is %s as it stands',
    (text) => expect(read(text)).toBe(text),
  )

  it.each([
    ['pay.example', 'is no http or https URL'],
    ['https:pay.example', 'is no http or https URL'],
    ['https://', 'is no http or https URL'],
    ['https://pay.example/a b', 'is no http or https URL'],
    ['ftp://pay.example', 'is no http or https URL'],
    ['javascript:alert(1)', 'is no http or https URL'],
    ['https://pay.example/?tenant=1', 'has a query or a fragment'],
    ['https://pay.example/?', 'has a query or a fragment'],
    ['https://pay.example/#top', 'has a query or a fragment'],
    ['https://corrente:secret@pay.example', 'has credentials in it'],
  ])('is not %s', (text, reason) => {
    expect(() => read(text)).toThrow(new SettingsError(`SOME_URL: ${reason}`))
  })
})
