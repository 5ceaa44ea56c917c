import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { HttpOpenLoop } from '#tests/bench/debits/http-open-loop'

async function asked(listener: RequestListener, forMs: number) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  const request = (n: number) => ({ body: String(n), headers: `Idempotency-Key: id-${n}\r\n` })
  const loop = new HttpOpenLoop({ port, path: '/debito', perSecond: 200, request })
  await sleep(forMs)
  const answers = await loop.stop()
  server.close()
  return answers
}

it('asks at its pace though answers take longer, and counts from when each was due', async () => {
  const seen: string[] = []
  const answers = await asked((request, response) => {
    seen.push(String(request.headers['idempotency-key']))
    setTimeout(() => response.end('{}'), 100)
  }, 300)
  expect(answers.length).toBeGreaterThan(40)
  expect(seen.slice(0, 3)).toEqual(['id-0', 'id-1', 'id-2'])
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 200, code: undefined })
    expect(answer!.answeredMs - answer!.plannedMs).toBeGreaterThanOrEqual(99)
  }
  expect(answers[9]!.plannedMs - answers[0]!.plannedMs).toBeCloseTo(45, 5)
})

it('tells refusals by their code, and connections that were lost', async () => {
  let count = 0
  const answers = await asked((request, response) => {
    if (count++ === 0) response.writeHead(504).end('{"codigo":"68","mensagem":"tarde"}')
    else if (count === 2) request.socket.destroy()
    else response.end('{}')
  }, 100)
  const told = answers.map((answer) => [answer?.status, answer?.code])
  expect(told).toContainEqual([504, '68'])
  expect(told.filter(([status]) => status === 0)).toEqual([[0, 'an end']])
})
