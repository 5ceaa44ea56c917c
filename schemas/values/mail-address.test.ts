import { describe, expect, it } from 'vitest'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseMailAddress } from '#schemas/values/mail-address'

describe('an e-mail address', () => {
  it.each([
    'ada@body.example',
    'Ada.Prova+export@mail.body.example',
    "o'hara@xn--bcher-kva.example",
    'root@localhost',
  ])('is %s', (text) => expect(parseMailAddress(text)).toBe(text))

  it.each([
    '',
    'ada',
    '@body.example',
    'ada@',
    'ada@@body.example',
    'ada@body..example',
    'ada@-body.example',
    '.ada@body.example',
    'ada.@body.example',
    'a..b@body.example',
    'ada@body.example.',
    ' ada@body.example',
    'ada@body.example\r\nBcc: other@body.example',
    'ada@body.example\n',
    'ada@body.example,other@body.example',
    'Ada <ada@body.example>',
    '<ada@body.example>',
    '"a b"@body.example',
    'ada@body.example> SIZE=1',
    'ada@[127.0.0.1]',
    'ädä@body.example',
    `${'a'.repeat(65)}@body.example`,
    `ada@${'a.'.repeat(125)}example`,
  ])('is not %j', (text) => {
    expect(() => parseMailAddress(text)).toThrow(InvalidValueError)
  })

  it('is not told where it is refused: it is somebody', () => {
    expect(() => parseMailAddress('Ada <ada@body.example>')).toThrow(
      new InvalidValueError('is no e-mail address such as name@body.example'),
    )
  })
})
