import http from 'node:http'

/** What an app answered. */
export interface Answer {
  readonly status: number
  readonly text: string
}

/** Asks over connections that are kept. */
export interface HttpClient {
  ask(url: string, body?: object): Promise<Answer>
  close(): void
}

const answerMsMax = 60_000

/** A client with so many connections. A GET where there is no body. Rejects where no answer comes. */
export function httpClient(connections: number): HttpClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  return {
    ask: (url, body) =>
      new Promise((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST'
        const asked = http.request(url, { agent, method, timeout: answerMsMax }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: response.statusCode ?? 0, text })
          })
        })
        asked.once('timeout', () => asked.destroy(new Error(`${url} gives no answer`)))
        asked.once('error', reject)
        asked.end(body === undefined ? undefined : JSON.stringify(body))
      }),
    close: () => agent.destroy(),
  }
}
