import { describe, expect, it } from 'vitest'
import { attachmentNamed, checkLink, instantMs } from '#ports/object-link'
import { InvalidValueError } from '#schemas/values/invalid-value'

const nowMs = Date.parse('2026-11-30T10:00:00Z')
const link = { expiresAt: '2026-11-30T14:00:00.250Z', filename: 'receipts.zip' }

describe('an instant', () => {
  it('is the same in any offset, and keeps its fraction', () => {
    expect(instantMs('2026-11-30T11:00:00.250+01:00')).toBe(nowMs + 250)
  })

  it.each([
    '',
    '2026-11-30',
    '2026-11-30T10:00:00',
    '1764496800000',
    '2026-13-30T10:00:00Z',
    'now',
  ])('is not %j', (text) => {
    expect(() => instantMs(text)).toThrow(InvalidValueError)
  })
})

describe('a link', () => {
  it('ends when it says', () => {
    expect(checkLink(link, nowMs)).toBe(nowMs + 4 * 3_600_000 + 250)
  })

  it.each([
    ['over', '2026-11-30T10:00:00Z', /^is over/],
    ['too far ahead', '2026-12-07T10:00:00.001Z', /^is more than 7 days ahead/],
  ])('is not made for what is %s', (_what, expiresAt, sentence) => {
    expect(() => checkLink({ ...link, expiresAt }, nowMs)).toThrow(sentence)
  })

  it.each(['receipts.zip', 'Recibos 2026 (noviembre).zip', 'ricevute è 日本.zip', '...'])(
    'may be saved as %s',
    (filename) => {
      expect(() => checkLink({ ...link, filename }, nowMs)).not.toThrow()
    },
  )

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['a line that would be another header', 'a\r\nset-cookie: b'],
    ['a NUL', 'a\0.zip'],
    ['half a character', 'a\ud83d'],
    ['a text that is turned around', 'a\u202ePIZ.exe'],
    ['a path', 'a/b.zip'],
    ['a path of Windows', 'a\\b.zip'],
    ['the folder above', '..'],
    ['too many characters', 'a'.repeat(151)],
  ])('is not saved as %s', (_what, filename) => {
    expect(() => checkLink({ ...link, filename }, nowMs)).toThrow(/^is no name of a file: /)
  })
})

describe('the header of a download', () => {
  it.each([
    ['receipts.zip', 'attachment; filename="receipts.zip"'],
    ['"a" 100%.zip', `attachment; filename="_a_ 100_.zip"; filename*=UTF-8''%22a%22%20100%25.zip`],
    ['è.zip', `attachment; filename="_.zip"; filename*=UTF-8''%C3%A8.zip`],
    ['😀.zip', `attachment; filename="_.zip"; filename*=UTF-8''%F0%9F%98%80.zip`],
    ["it's (1)*.zip", `attachment; filename="it's (1)*.zip"`],
    [
      "l'è (1)*.zip",
      `attachment; filename="l'_ (1)*.zip"; filename*=UTF-8''l%27%C3%A8%20%281%29%2A.zip`,
    ],
  ])('of %s', (name, header) => {
    expect(attachmentNamed(name)).toBe(header)
  })
})
