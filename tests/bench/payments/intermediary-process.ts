import { createServer, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { iuvOf, makeNoticeCode } from '#schemas/values/notice-code'

/** How the intermediary of the bench answers. */
export interface IntermediarySpec {
  readonly port: number
  /** What a call takes. */
  readonly delayMs: number
}

/**
 * An intermediary that speaks what the payments of the bench need of examplepay's API, always says yes, and costs
 * little: what is measured is not the sandbox. Prints `listening`.
 */
const { port, delayMs } = JSON.parse(process.env['INTERMEDIARY'] ?? '') as IntermediarySpec

const amounts = new Map<string, string>()
let opened = 0

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function pendency(code: string, amount: string) {
  const notice = makeNoticeCode({ aux: 3, segregationCode: '01', base: String(++opened) })
  return {
    code,
    state: 'OPEN',
    notice_number: notice,
    iuv: iuvOf(notice),
    amount,
    transaction_id: null,
    paid_at: null,
  }
}

const server = createServer(async (request, response) => {
  const text = await textOf(request)
  if (delayMs > 0) await sleep(delayMs)
  const [, iud = ''] = /^\/pendencies\/([0-9a-f]{32})$/.exec(request.url ?? '') ?? []
  if (request.method === 'PUT') amounts.set(iud, (JSON.parse(text) as { amount: string }).amount)
  const answer = JSON.stringify(pendency(iud, amounts.get(iud) ?? '42.50'))
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
  })
  response.end(answer)
})
server.keepAliveTimeout = 60_000
server.listen(port, '127.0.0.1', () => process.stdout.write('listening\n'))
// It lives as long as whoever started it.
process.stdin.on('end', () => process.exit(0)).resume()
