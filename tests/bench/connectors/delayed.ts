import { connect, createServer, type Server } from 'node:net'

interface Delayed {
  readonly port: number
  /** Where what comes is passed on to, on loopback. */
  readonly to: number
  readonly delayMs: number
}

/**
 * Stands in front of a server: what clients send reaches it so much later, in order; what it answers passes at once. It
 * costs next to nothing, and no worker of the server waits meanwhile. Resolves once it listens.
 */
export const delayed = ({ port, to, delayMs }: Delayed): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true }, (client) => {
      const behind = connect({ port: to, host: '127.0.0.1', noDelay: true })
      const later = (work: () => void) => void setTimeout(work, delayMs)
      client.on('data', (bytes) => later(() => void behind.write(bytes)))
      client.on('end', () => later(() => void behind.end()))
      client.on('error', () => behind.destroy())
      behind.on('error', () => client.destroy())
      behind.pipe(client)
    })
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
