import { request as request1 } from 'node:http'
import { connect } from 'node:http2'
import type { Case } from '#tests/contract/ksqldb/cases'

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/** Sends a case as a client of either protocol does; no header but those it names. */
export const send = (url: string, given: Case): Promise<Answered> =>
  given.http === 2 ? sendHttp2(url, given) : sendHttp1(url, given)

const bodyOf = ({ body }: Case): string =>
  body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)

const headersOf = ({ accept }: Case) => (accept === undefined ? {} : { accept })

const sendHttp1 = (url: string, given: Case): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method = 'POST', path } = given
    const request = request1(url + path, { method, headers: headersOf(given) }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.once('end', () => {
        const headers = response.headers as Answered['headers']
        resolve({ status: response.statusCode ?? 0, headers, text })
      })
      response.once('error', reject)
    })
    request.once('error', reject)
    request.end(bodyOf(given))
  })

const sendHttp2 = (url: string, given: Case): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const session = connect(url)
    session.once('error', reject)
    const { method = 'POST', path } = given
    const stream = session.request({ ':method': method, ':path': path, ...headersOf(given) })
    let text = ''
    let headers: Record<string, unknown> = {}
    stream.once('response', (found) => (headers = found))
    stream.setEncoding('utf8').on('data', (part: string) => (text += part))
    stream.once('error', reject)
    stream.once('end', () => {
      session.close()
      resolve({ status: Number(headers[':status']), headers: headers as Answered['headers'], text })
    })
    // A GET has ended already.
    if (method !== 'GET') stream.end(bodyOf(given))
  })
