import { expect, it } from 'vitest'
import { printedText } from '#schemas/values/printed-text'

it.each([
  ['as it is', 'Niccolò D’Angiò – 42,50 €', 'Niccolò D’Angiò – 42,50 €'],
  ['composed', 'Niccolo\u0300', 'Niccolò'],
  ['with single spaces', ' Via\t delle\r\n\u00A0 Prove\u0000 ', 'Via delle Prove'],
  ['with spaces for the separators of lines', 'a\u2028b\u2029c\u0085d', 'a b c d'],
  ['without soft hyphens and joiners', 'paga\u00ADmento\u200B\u2060', 'pagamento'],
  ['without a byte order mark', '\uFEFFBugliano', 'Bugliano'],
  ['in the direction it is read', '\u202E0005 \u2066€\u2069', '0005 €'],
  ['without selectors of variants', '€\uFE0F', '€'],
  ['with half a character, which no font has', 'a\uD83Db\uDE00', 'a\uD83Db\uDE00'],
  ['with characters beyond the first plane', '😀', '😀'],
  ['as nothing', ' \u200B ', ''],
])('a text is printed %s', (_how, text, printed) => {
  expect(printedText(text)).toBe(printed)
  expect(printedText(printed)).toBe(printed)
})
