import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** The TCP ports of a stack, all on 127.0.0.1. */
export interface StackPorts {
  readonly kafka: number
  readonly controller: number
  readonly registry: number
  readonly postgres: number
}

/** A port and who wants it, as a person would call it. */
export interface Claim {
  readonly port: number
  readonly wantedBy: string
}

export const stackPorts = (portBase: number): StackPorts => ({
  kafka: portBase + 92,
  controller: portBase + 93,
  registry: portBase + 81,
  postgres: portBase + 32,
})

/**
 * Throws when a claimed port is taken, naming every such port, who wanted it and the way out. Waits `waitMsMax` for
 * one that is just being given up.
 */
export const assertPortsFree = async (claims: readonly Claim[], waitMsMax = 0): Promise<void> => {
  const deadline = performance.now() + waitMsMax
  let taken = await takenOf(claims)
  while (taken.length > 0 && performance.now() < deadline) {
    await sleep(200)
    taken = await takenOf(claims)
  }
  if (taken.length === 0) return
  const list = taken.map(({ port, wantedBy }) => `port ${port} (wanted by ${wantedBy})`).join(', ')
  throw new Error(
    `${list} is taken by another program: stop that program, or choose other ports with --port-base`,
  )
}

const takenOf = async (claims: readonly Claim[]): Promise<readonly Claim[]> => {
  const areTaken = await Promise.all(claims.map(({ port }) => isTaken(port)))
  return claims.filter((_, index) => areTaken[index])
}

// A listener on all addresses leaves 127.0.0.1 free to bind on some systems, hence both questions.
const isTaken = async (port: number): Promise<boolean> =>
  (await answersOn(port)) || !(await canBind(port))

const answersOn = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 })
    const answer = (isAnswered: boolean) => {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(true))
    socket.once('error', () => answer(false))
  })

const canBind = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    )
  })
