import { createServer, type Server } from 'node:net'
import { portsOf } from '#apps/corrente/place'
import { stackPorts } from '#compose/embedded/ports'

/** Held as long as this process lives: the bases are few, and two runs at once must not draw the same. */
const held: Server[] = []

const listening = (port: number) =>
  new Promise<Server | undefined>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server.unref()))
  })

async function isFree(port: number): Promise<boolean> {
  const server = await listening(port)
  await new Promise<unknown>((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  return server !== undefined
}

/** A base all of whose ports are free and which no other run gets; below the range the system hands out by itself. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const portBase = 20_000 + 100 * Math.floor(Math.random() * 100)
    const claim = await listening(portBase)
    if (!claim) continue
    const ports = Object.values({ ...portsOf(portBase), ...stackPorts(portBase) })
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) {
      held.push(claim)
      return portBase
    }
    claim.close()
  }
  throw new Error('no free ports between 20000 and 30000')
}
