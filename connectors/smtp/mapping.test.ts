import { describe, expect, it } from 'vitest'
import { exampleMail } from '#connectors/smtp/example-mail'
import { messageIdOf, toMessage } from '#connectors/smtp/mapping'
import { readMail } from '#connectors/smtp/sandbox-reading'

const from = { name: 'Comune è "Bugliano"', address: 'no-reply@body.example' }
const read = async (changes: Parameters<typeof exampleMail>[0] = {}) =>
  readMail(await toMessage(exampleMail(changes), from))

describe('a mail as bytes', () => {
  it('says as text and as HTML what it was given', async () => {
    const { headers, text, html, files } = await read()
    const { subject, text: given, html: page } = exampleMail()
    expect(text.replaceAll('\r\n', '\n')).toBe(given)
    expect(html.replaceAll('\r\n', '\n')).toBe(page)
    expect(files).toEqual([])
    expect(headers).toMatchObject({
      subject,
      to: 'ada@body.example',
      'content-language': 'es-PE',
      'auto-submitted': 'auto-generated',
      date: 'Mon, 10 Mar 2025 08:15:02 +0000',
      'message-id': messageIdOf('export-ready:5f0c7a52', from),
    })
    expect(headers['from']).toContain('no-reply@body.example')
    expect(headers['from']).toContain('Comune è')
  })

  it('is the same bytes at each try, under the same Message-ID', async () => {
    const bytes = await toMessage(exampleMail(), from)
    expect(await toMessage(exampleMail(), from)).toEqual(bytes)
    const other = await read({ notification_id: 'export-ready:other' })
    expect(other.headers['message-id']).not.toBe(messageIdOf('export-ready:5f0c7a52', from))
  })

  it('tells nothing of the id by its Message-ID', () => {
    expect(messageIdOf('export-ready:5f0c7a52', from)).toMatch(/^<[\da-f]{32}@body\.example>$/)
  })

  it.each([
    { subject: 'a\r\nBcc: other@body.example' },
    { subject: 'a\nX-Injected: yes\n\nbody' },
    { address: 'ada@body.example\r\nBcc: other@body.example' },
    { address: 'ada@body.example, other@body.example' },
    { language: 'en\r\nBcc: other@body.example' },
  ])('has no other header through %j', async (changes) => {
    const plain = await read()
    const odd = await read(changes)
    expect(Object.keys(odd.headers).sort()).toEqual(Object.keys(plain.headers).sort())
  })

  it('has the files it was given, and reads none by itself', async () => {
    const bytes = Buffer.from([0, 13, 10, 46, 13, 10, 255])
    const file_name = `${'año muy largo '.repeat(6)}100%.zip`
    const { files, text } = await read({ attachments: [{ file_name, bytes }] })
    expect(files).toEqual([{ name: file_name, bytes }])
    expect(text).toContain('El archivo que solicitó')
  })
})
