import { describe, expect, it } from 'vitest'
import { exampleRequestId, shownExport } from '#apps/corrente/exports/example-export'
import {
  AwayError,
  type ExportsClient,
  RefusedError,
  type ShownExport,
} from '#apps/corrente/exports/exports-client'
import { followExport } from '#apps/corrente/exports/follow-export'

/** What comes each time the events are asked for: states, and an error at the end where there is one. */
type Turn = readonly (string | Error)[]

function clientOf(turns: readonly Turn[], shown: readonly (string | Error)[] = []) {
  const [events, shows] = [[...turns], [...shown]]
  const client: Pick<ExportsClient, 'events' | 'show'> = {
    async *events() {
      for (const one of events.shift() ?? [new AwayError('away')]) {
        if (one instanceof Error) throw one
        yield shownExport({ state: one })
      }
      return undefined
    },
    async show(): Promise<ShownExport> {
      const one = shows.shift() ?? new AwayError('away')
      if (one instanceof Error) throw one
      return shownExport({ state: one })
    },
  }
  return client
}

async function statesOf(client: Pick<ExportsClient, 'events' | 'show'>) {
  const states: string[] = []
  const patience = { pauseMs: 1, triesMax: 3 }
  try {
    for await (const { state } of followExport(client, exampleRequestId, patience)) {
      states.push(state)
    }
  } catch (error) {
    states.push((error as Error).message)
  }
  return states
}

const busy = new RefusedError(503, 'too many follow exports here at present')

describe('following an export', () => {
  it('ends where nothing changes by itself any more', async () => {
    const told = await statesOf(clientOf([['PENDING', 'RENDERING', 'READY', 'never told']]))
    expect(told).toEqual(['PENDING', 'RENDERING', 'READY'])
  })

  it('goes on where the API was restarted in between', async () => {
    const turns: Turn[] = [['PENDING'], ['RENDERING', new AwayError('broke off')], ['CANCELLED']]
    expect(await statesOf(clientOf(turns))).toEqual(['PENDING', 'RENDERING', 'CANCELLED'])
  })

  it('asks now and then where there is no room for another listener', async () => {
    const client = clientOf([[busy], [busy], [busy], [busy]], ['PENDING', 'RENDERING', 'READY'])
    expect(await statesOf(client)).toEqual(['PENDING', 'RENDERING', 'READY'])
  })

  it('gives up where nothing is heard for long', async () => {
    expect(await statesOf(clientOf([]))).toEqual(['away'])
  })

  it('ends at once where there is nothing to follow', async () => {
    const gone = new RefusedError(404, 'there is no such request for an export')
    expect(await statesOf(clientOf([[gone], ['READY']]))).toEqual([gone.message])
    const over = new RefusedError(410, 'the time of this export is over')
    expect(await statesOf(clientOf([['RENDERING']], [over]))).toEqual(['RENDERING', over.message])
  })
})
