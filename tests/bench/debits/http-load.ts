import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerIn } from '#tests/bench/debits/http-answer'
import { percentile } from '#tests/bench/statistics'

/** Requests over connections that are kept, each with the next as soon as it has its answer. */
export interface Load {
  readonly port: number
  readonly path: string
  readonly connections: number
  /** Body of the n-th request, and what is put among its headers. */
  readonly request: (n: number) => { readonly body: string; readonly headers?: string }
  readonly warmMs: number
  readonly forMs: number
  /** No more requests than so many. */
  readonly requestsMax?: number
  readonly signal: AbortSignal
}

export interface LoadFigures {
  /** Answers a second after the warming up. */
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** How often each status was answered, warming up included. */
  readonly statuses: ReadonlyMap<number, number>
}

interface Measured {
  readonly latenciesMs: number[]
  readonly statuses: Map<number, number>
  isRecording: boolean
  isEnding: boolean
  sent: number
}

/** Runs a load. The client is as lean as can be: it shares the cores with whoever is measured. */
export async function closedLoad(load: Load): Promise<LoadFigures> {
  const measured: Measured = {
    latenciesMs: [],
    statuses: new Map(),
    isRecording: false,
    isEnding: false,
    sent: 0,
  }
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)))
  const asking = Promise.all(sockets.map((socket) => ask(socket, load, measured)))
  // Whoever awaits it hears of an error; until then it must not end the process.
  asking.catch(() => undefined)
  const during = async (ms: number) =>
    Promise.race([asking, sleep(ms, undefined, { signal: load.signal })])
  try {
    await during(load.warmMs)
    const beganAtMs = performance.now()
    measured.isRecording = true
    await during(load.forMs)
    measured.isRecording = false
    const seconds = (performance.now() - beganAtMs) / 1_000
    measured.isEnding = true
    await asking
    const { latenciesMs, statuses } = measured
    return {
      perSecond: latenciesMs.length / seconds,
      p50Ms: percentile(latenciesMs, 0.5),
      p99Ms: percentile(latenciesMs, 0.99),
      statuses,
    }
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true).setEncoding('latin1')
  await once(socket, 'connect')
  return socket
}

/** Sends one after the other until the load ends. */
function ask(
  socket: Socket,
  { path, request, requestsMax = Infinity }: Load,
  measured: Measured,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAtMs = 0
    let text = ''
    const send = () => {
      const { body, headers = '' } = request(measured.sent++)
      sentAtMs = performance.now()
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n${headers}` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a connection')))
    socket.on('data', (chunk: unknown) => {
      text += String(chunk)
      const answer = answerIn(text)
      if (!answer) return
      if (measured.isRecording) measured.latenciesMs.push(performance.now() - sentAtMs)
      measured.statuses.set(answer.status, (measured.statuses.get(answer.status) ?? 0) + 1)
      text = ''
      if (measured.isEnding || measured.sent >= requestsMax) resolve()
      else send()
    })
    send()
  })
}
