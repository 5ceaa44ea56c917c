import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { versamentoDocument } from '#connectors/mypay/documents'
import { noticeIn, toPrint } from '#connectors/mypay/notice'
import { readEmbedded } from '#connectors/mypay/sandbox-requests'
import { textAt } from '#soap/xml'
import { TransientError } from '#core/errors'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const archive = (files: Record<string, Uint8Array>) =>
  Buffer.from(zipSync(files)).toString('base64')

describe('a notice', () => {
  it('is the PDF in the archive, whatever lies beside it', () => {
    const files = { 'leggimi.txt': bytesOf('hello'), 'avviso_1_2.pdf': bytesOf('%PDF-1.7 notice') }
    expect(Buffer.from(noticeIn(archive(files))).toString('latin1')).toBe('%PDF-1.7 notice')
  })

  it.each([
    ['there is no PDF', archive({ 'leggimi.txt': bytesOf('hello') })],
    ['the PDF is none', archive({ 'avviso.pdf': bytesOf('<!doctype html>') })],
    ['it is more than is reasonable', archive({ 'avviso.pdf': new Uint8Array(10_000_001) })],
    ['it is no archive', Buffer.from('%PDF-1.7').toString('base64')],
    ['it is cut short', archive({ 'avviso.pdf': bytesOf('%PDF-1.7 notice') }).slice(0, 60)],
    ['it is empty', ''],
  ])('is unknown where %s', (_what, base64Zip) => {
    expect(() => noticeIn(base64Zip)).toThrow(TransientError)
  })

  it('is asked for by its number, and by nothing that could be mistaken for a debt', () => {
    const due = { dueId: 'a', iuv: '99010000000000042', dueType: 'CANONE_UNICO' }
    const document = readEmbedded(versamentoDocument(toPrint(due), 'S'))
    const path = (name: string) => document && textAt(document, 'datiVersamento', name)
    expect(path('identificativoUnivocoVersamento')).toBe('99010000000000042')
    expect(path('importoSingoloVersamento')).toBe('0.00')
  })
})
