import { expect, it } from 'vitest'
import type { TemplateRecord } from '#ports/templates'
import { charactersOf } from '#ports/template-characters'
import { noticeOf, receiptOf } from '#tests/contract/templates/records'
import {
  refusal,
  renderingWith,
  type TemplateDriver,
  templateNamed,
} from '#tests/contract/templates/template-driver'

const receipt = receiptOf(1)

/** The receipt whose second movement has these cells. */
function withRow(cells: object): TemplateRecord {
  const [first, second, ...rows] = receipt['movements'] as readonly object[]
  return { ...receipt, movements: [first, { ...second, ...cells }, ...rows] } as TemplateRecord
}

const { holder: _holder, ...withoutHolder } = receipt
const row = 'movements[1]'

/** Why it is refused, the record, and the code and message of the refusal. */
const refused: readonly (readonly [string, TemplateRecord, string, string])[] = [
  ['a field that is missing', withoutHolder, 'missing-field', 'holder is missing'],
  ['an empty cell', withRow({ description: '' }), 'missing-field', `${row}.description is missing`],
  [
    'a character without a sign',
    { ...receipt, holder: 'Canone 漢' },
    'no-sign',
    'holder has U+6F22',
  ],
  [
    'one beyond U+FFFF',
    withRow({ description: 'a😀' }),
    'no-sign',
    `${row}.description has U+1F600`,
  ],
  ['half a character', { ...receipt, bank: '\uD83D' }, 'no-sign', 'bank has U+D83D'],
  ['an amount that is none', withRow({ debit: '1,50' }), 'bad-field', `${row}.debit is no decimal`],
  ['no day', { ...receipt, closed_on: '2026-02-30' }, 'bad-field', 'closed_on is not a day'],
  ['rows that are none', { ...receipt, movements: 'none' }, 'bad-field', 'movements is no list'],
  [
    'no offset',
    { ...receipt, issued_at: '2026-01-01T00:00:00' },
    'bad-field',
    'issued_at is not a date',
  ],
  ['no text of a code', { ...receipt, verification: 'è' }, 'no-qr', 'verification is none'],
  [
    'too long a code',
    { ...receipt, verification: 'x'.repeat(214) },
    'no-qr',
    'verification is none',
  ],
]

/** What holds of records that cannot be printed. */
export function refusesRecords(driver: TemplateDriver): void {
  const render = renderingWith(driver)

  it.each(refused)(
    '%s, by the name of the field and not by what is in it',
    (_why, record, code, message) => {
      const [field] = message.split(' ')
      expect(() => render('receipt', record)).toThrow(refusal(code, message))
      expect(() => render('receipt', record)).toThrow(expect.objectContaining({ field }) as Error)
      expect(() => render('receipt', record)).not.toThrow(/Canone|1,50|x{9}|è/)
    },
  )
}

/** What holds of a footer, which is on every page. */
export function refusesFooters(driver: TemplateDriver): void {
  const render = renderingWith(driver)

  it('one of more than twelve lines, which would leave no room', () => {
    const long = (words: number) => ({ ...noticeOf(1), issuer: 'Comune '.repeat(words) })
    expect(() => render('notice', long(300))).toThrow(refusal('too-long', 'the footer'))
    expect(render('notice', long(150)).length).toBeGreaterThan(0)
  })
}

/** What holds of batches that a compiled template is not for. */
export function refusesBatches(driver: TemplateDriver): void {
  const { compiler } = driver
  const template = templateNamed(driver, 'receipt')

  it('a character that is not among those of its batch', () => {
    const batch = { language: 'es-CO', characters: charactersOf([receipt]) }
    const receipts = compiler.compile(template, batch)
    const other = { ...receipt, holder: 'Ðór' }
    expect(() => receipts.render(other)).toThrow(refusal('not-in-batch', 'holder has U+00D0'))
    expect(receipts.render(receipt).length).toBeGreaterThan(0)
  })

  it.each(['de', 'es', '', 'constructor'])('a language that it has no texts in: %j', (language) => {
    const compiling = () => compiler.compile(template, { language, characters: '' })
    expect(compiling).toThrow(refusal('no-language'))
  })
}
