import { once } from 'node:events'
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2 } from 'node:http2'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Listening } from '#apps/platform/http'

/** Answers one request; what it throws is its own to catch. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** How HTTP/2 begins where both sides know beforehand that they speak it. */
const preface = Buffer.from('PRI * HTTP/2.0')
const drainMsMax = 10_000
const firstBytesMsMax = 30_000

/** Serves HTTP/1.1 and HTTP/2 (prior knowledge) on one port: the first bytes tell. */
export async function serve(answer: Answer, port: number, host: string): Promise<Listening> {
  let running = 0
  const counted: Answer = (request, response) => {
    running += 1
    response.once('close', () => (running -= 1))
    answer(request, response)
  }
  const http1 = createHttp1({ keepAliveTimeout: 65_000 }, counted)
  const http2 = createHttp2({}, counted as unknown as Parameters<typeof createHttp2>[1])
  http2.on('sessionError', () => undefined)
  const sockets = new Set<Socket>()
  // An answer in several pieces would wait for the client to acknowledge each.
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    sniffed(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket))
  })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'is taken: set PORT to a free one' : `: ${message}`
    throw new Error(`port ${port} of ${host} ${why}`)
  }
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async close() {
      server.close()
      const deadline = Date.now() + drainMsMax
      while (running > 0 && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Looks at the first bytes and puts them back. */
function sniffed(socket: Socket, then: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0)
  socket.setTimeout(firstBytesMsMax, () => socket.destroy())
  const look = () => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    seen = Buffer.concat([seen, chunk])
    const length = Math.min(seen.length, preface.length)
    const isLike = seen.subarray(0, length).equals(preface.subarray(0, length))
    if (isLike && length < preface.length) return
    socket.off('readable', look)
    socket.setTimeout(0)
    socket.unshift(seen)
    then(isLike)
  }
  socket.on('readable', look)
}
