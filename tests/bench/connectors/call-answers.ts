import { createServer, type IncomingMessage, type Server } from 'node:http'
import { makeNoticeCode } from '#schemas/values/notice-code'

/** What is answered, bytes and all. */
export interface CallAnswer {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** The body at GovPay that the bench owes to; fictional. */
export const govpayDomain = '01234567890'

const notice = makeNoticeCode({ aux: 3, segregationCode: '99', base: '1' })

/** A yes to whatever is asked: that of GovPay to a PUT, that of MyPay to a POST with the number that was asked for. */
export function answerTo(method: string, text: string): CallAnswer {
  if (method === 'PUT') {
    const told = { idDominio: govpayDomain, numeroAvviso: notice }
    return { status: 201, type: 'application/json', text: JSON.stringify(told) }
  }
  const [, document = ''] = /<dovuto>([^<]+)</.exec(text) ?? []
  const due = Buffer.from(document, 'base64').toString('utf8')
  const [number = ''] =
    /<identificativoUnivocoVersamento>[^/]+\/identificativoUnivocoVersamento>/.exec(due) ?? []
  return { status: 200, type: 'text/xml; charset=utf-8', text: importedText(number) }
}

const importedText = (number: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
  '<ppt:paaSILImportaDovutoRisposta xmlns:ppt="http://www.regione.veneto.it/pagamenti/ente/">' +
  `<esito>OK</esito>${number}</ppt:paaSILImportaDovutoRisposta></s:Body></s:Envelope>`

/** A request as it came. */
export interface CameCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** Answers so on loopback, and costs little. Resolves once it listens. */
export const answering = (port: number, onCall?: (call: CameCall) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request
        const text = Buffer.concat(chunks).toString('utf8')
        onCall?.({ method, path, headers, text })
        const answer = answerTo(method, text)
        const bytes = Buffer.from(answer.text, 'utf8')
        response.writeHead(answer.status, {
          'content-type': answer.type,
          'content-length': bytes.length,
        })
        response.end(bytes)
      })
    })
    server.keepAliveTimeout = 60_000
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
