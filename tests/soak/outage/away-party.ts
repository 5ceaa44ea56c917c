import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { secretsOf } from '#apps/corrente/secrets'
import { startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import type { TestStack } from '#tests/stack'

/** A sandbox of examplepay that goes away and comes back, at the same port, with all it knew. */
export interface AwayParty {
  readonly url: string
  /** Its own account of an iud, or of all; only while it is there. */
  counters(iud?: string): Counters
  /** It takes connections and says nothing. */
  beSilent(): Promise<void>
  /** It takes no connections. */
  beGone(): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

interface Counters {
  readonly debt_positions: number
  readonly creation_requests: number
}

/** How a party is there, or is not. */
interface Presence {
  readonly counters?: (iud?: string) => Counters
  end(): Promise<void>
}

/** Its port, counted from the base. */
const portOffset = 41

const gone: Presence = { end: async () => undefined }

/** Starts it beside the sandboxes of the installation. */
export async function startAwayParty({ portBase, dataDir }: TestStack): Promise<AwayParty> {
  const port = portBase + portOffset
  const { examplepayKey, notifySecret } = secretsOf(dataDir)
  const answering = async (): Promise<Presence> => {
    const { counters, stop } = await startExamplepaySandbox({
      port,
      api_key: examplepayKey,
      notify_secret: notifySecret,
      dataFile: join(dataDir, 'away-party', 'pendencies.jsonl'),
    })
    return { counters, end: stop }
  }
  let presence = await answering()
  const become = async (next: () => Promise<Presence>) => {
    await presence.end()
    presence = gone
    presence = await next()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    counters(iud) {
      if (!presence.counters) throw new Error('the party is away and gives no account')
      return presence.counters(iud)
    },
    beSilent: () => become(() => silentAt(port)),
    beGone: () => become(async () => gone),
    comeBack: () => become(answering),
    stop: () => become(async () => gone),
  }
}

async function silentAt(port: number): Promise<Presence> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // Whoever waits in vain breaks the connection off; that is no error of this side.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.resume()
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return {
    async end() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
