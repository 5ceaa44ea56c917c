import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { exampleProjector } from '#core/example-projection'
import { input, jsonWire } from '#core/example-unit'
import type { ProjectorPorts } from '#core/project'
import { RegistryUnreachableError } from '#core/registry'
import { RowsRefusedError, StoreAwayError } from '#ports/projection-store'

const poison = Buffer.from('neither Avro nor JSON')

function scene(given: Partial<ProjectorPorts> = {}) {
  const { store, topic, metrics, start } = exampleProjector(given)
  const started = () => {
    const projector = start()
    onTestFinished(() => projector.close())
    return projector
  }
  /** The rows come to be these, each once, and no more come. */
  const then = async (...places: readonly string[]) => {
    await vi.waitFor(() => expect(store.places()).toEqual(places))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(store.places()).toEqual(places)
  }
  return { store, topic, metrics, then, start: started }
}

describe('a projection', () => {
  it('begins with its topics, and goes on with what comes', async () => {
    const { topic, start, then } = scene()
    topic.write(0, 'good', 'good')
    topic.write(1, 'good')
    start()
    await then('0/0', '0/1', '1/0')
    topic.write(1, 'good')
    await then('0/0', '0/1', '1/0', '1/1')
  })

  it('reads on from where the store stands, whoever wrote what is in it', async () => {
    const { store, topic, start, then } = scene()
    topic.write(0, 'good', 'good', 'good')
    topic.write(1, 'good', 'good')
    store.stand({ topic: input.name, partition: 0, offset: 2 })
    store.stand({ topic: input.name, partition: 1, offset: 0 })
    const projector = start()
    await then('0/2', '1/0', '1/1')
    expect(projector.committed.all()).toEqual([
      { topic: input.name, partition: 0, offset: 3 },
      { topic: input.name, partition: 1, offset: 2 },
    ])
  })

  it('writes nothing that another projector was faster with, and goes on behind it', async () => {
    const { store, topic, start, then } = scene()
    const before = vi.fn(() => {
      if (before.mock.calls.length > 1) return
      store.stand({ topic: input.name, partition: 0, offset: 2 })
    })
    store.before = before
    topic.write(0, 'good', 'good', 'good')
    const projector = start()
    await then('0/2')
    expect(projector.status()).toEqual({ state: 'running' })
  })

  it('counts what it has written', async () => {
    const { topic, metrics, start, then } = scene()
    topic.write(0, 'good', 'good')
    start()
    await then('0/0', '0/1')
    expect(await metrics.registry.metrics()).toContain(
      'corrente_records_total{unit="example",outcome="done"} 2',
    )
  })
})

describe('a projection whose store is away', () => {
  it('says so, waits, and catches up', async () => {
    const { store, topic, start, then } = scene()
    store.before = () => Promise.reject(new StoreAwayError('nobody listens'))
    topic.write(0, 'good')
    const projector = start()
    await vi.waitFor(() =>
      expect(projector.status()).toEqual({
        state: 'waiting',
        reason: 'the rows cannot be written, and the records wait in Kafka: nobody listens',
        isPassing: false,
      }),
    )
    topic.write(0, 'good')
    store.before = () => undefined
    await then('0/0', '0/1')
    expect(projector.status()).toEqual({ state: 'running' })
  })

  it('writes nothing twice where only the answer was lost', async () => {
    const { store, topic, start, then } = scene()
    store.after = vi
      .fn(() => undefined)
      .mockImplementationOnce(() => {
        throw new StoreAwayError('no answer')
      })
    topic.write(0, 'good')
    topic.write(1, 'good')
    start()
    await then('0/0', '1/0')
  })
})

describe('a projection at a record that it cannot read', () => {
  it('writes all before it and stops, with its place and what to do', async () => {
    const { store, topic, start, then } = scene()
    topic.write(0, 'good', 'good', poison, 'good')
    const projector = start()
    await vi.waitFor(() => expect(projector.status().state).toBe('stopped'))
    expect(projector.status().reason).toBe(
      'in/0/2 cannot be read: the value is neither Avro nor JSON; all before it is written. Have the projection ' +
        'mended, or pass it over (how to pass over in/0/2), and start again',
    )
    topic.write(1, 'good')
    await then('0/0', '0/1')
    expect(store.at.get('in/0')?.offset).toBe(2)
  })

  it('stops at a version of the event that is not read here', async () => {
    const { topic, start, then } = scene()
    topic.write(0, 'good', Buffer.from('{"event_version":"9.0"}'))
    const projector = start()
    await vi.waitFor(() => expect(projector.status().state).toBe('stopped'))
    expect(projector.status().reason).toContain('in/0/1 cannot be read: version 9 is not read here')
    await then('0/0')
  })

  it('waits while the registry is away: without its word no record is poison', async () => {
    const prepareRead = vi.fn(async () => undefined)
    prepareRead.mockRejectedValueOnce(new RegistryUnreachableError('the registry is away'))
    const { topic, start, then } = scene({ wire: { ...jsonWire, prepareRead, decode: decodeJson } })
    topic.write(0, 'good')
    const projector = start()
    await vi.waitFor(() => expect(projector.status().reason).toBe('the registry is away'))
    await then('0/0')
    expect(projector.status()).toEqual({ state: 'running' })
  })
})

describe('a projection at a row that the store refuses', () => {
  it('finds it in its batch, writes all before it, and stops', async () => {
    const { store, topic, start, then } = scene()
    store.before = ({ records }) => {
      if (records.some(({ offset }) => offset === 5)) throw new RowsRefusedError('no such amount')
    }
    topic.write(0, 'good', 'good', 'good', 'good', 'good', 'good', 'good')
    const projector = start()
    await vi.waitFor(() => expect(projector.status().state).toBe('stopped'))
    expect(projector.status().reason).toContain('in/0/5 cannot be written: no such amount')
    expect(projector.status().reason).toContain('how to pass over in/0/5')
    await then('0/0', '0/1', '0/2', '0/3', '0/4')
  })
})

describe('a projection that is closed', () => {
  it('finishes the batch that is being written', async () => {
    const { store, topic, start } = scene()
    let finish: () => void = () => undefined
    const before = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)))
    store.before = before
    topic.write(0, 'good')
    const projector = start()
    await vi.waitFor(() => expect(before).toHaveBeenCalled())
    const closing = projector.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    finish()
    await closing
    expect(store.places()).toEqual(['0/0'])
    expect(store.isClosed).toBe(true)
  })
})

const decodeJson = jsonWire.decode.bind(jsonWire)
