import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Case, casesOf, type Observation, sections } from '#tests/contract/ksqldb/cases'
import { partitions, writes } from '#tests/contract/ksqldb/data'
import { observe } from '#tests/contract/ksqldb/observe'
import { prepareTopics, type RecordWriter } from '#tests/contract/ksqldb/records'
import { send } from '#tests/contract/ksqldb/send'
import { contractTarget, type Target } from '#tests/contract/ksqldb/target'

/** Longest until a table shows what was written, or is there at all, milliseconds. */
const visibleMsMax = process.env['KSQLDB_URL'] ? 60_000 : 10_000

let target: Target
let records: RecordWriter
beforeAll(async () => {
  target = await contractTarget(inject('stack'))
  records = await prepareTopics(target, partitions)
  await records.write(writes)
})
afterAll(async () => {
  await records?.close()
  await target?.stop()
})

/** Only what the case looks at; of lists, the sources and topics that it knows of. */
function lookedAt(actual: Observation, { expect: wanted }: Case): Partial<Observation> {
  const members = Object.keys(wanted) as (keyof Observation)[]
  const same = Object.fromEntries(members.map((name) => [name, actual[name]]))
  return { ...same, ...(actual.entities && { entities: actual.entities.map(knownIn(wanted)) }) }
}

type Entity = Readonly<Record<string, unknown>>

const knownIn =
  ({ entities = [] }: Observation) =>
  (entity: Entity, at: number): Entity => {
    const wanted = entities[at] ?? {}
    const lists = ['tables', 'topics'].filter((name) => Array.isArray(wanted[name]))
    const known = lists.map((list) => {
      const names = (wanted[list] as { name: string }[]).map(({ name }) => name)
      const found = entity[list] as { name: string }[] | undefined
      return [list, found?.filter(({ name }) => names.includes(name))]
    })
    return { ...entity, ...Object.fromEntries(known) } as Entity
  }

const isMet = (actual: Observation, given: Case): boolean => {
  try {
    expect(lookedAt(actual, given)).toEqual(given.expect)
    return true
  } catch {
    return false
  }
}

/** Whether tables were seen to be read since the section began: from then on only what was just written is awaited. */
let isSettled = false
const settledMsMax = 500

/** Asked again while a table is being read, or does not show yet what was written. */
async function answered(given: Case): Promise<Observation> {
  const isAwaited = !isSettled || given.writes !== undefined
  const deadline = performance.now() + (isAwaited ? visibleMsMax : settledMsMax)
  const isPatient = given.expect.status === 200 && given.path.startsWith('/query')
  for (;;) {
    const actual = observe(await send(target.url, given))
    const isOver = isMet(actual, given) || performance.now() > deadline
    if (isPatient && isOver) isSettled = true
    if (!isPatient || isOver) return actual
    await sleep(50)
  }
}

/** Said no in the shape of ksqlDB's errors. */
function expectRefusal({ status, error, rows }: Observation): void {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(rows).toBeUndefined()
  expect(error?.['@type']).toMatch(/^(statement|generic)_error$/)
}

describe.each(sections)('%s', (section) => {
  beforeAll(() => void (isSettled = false))
  it.each(casesOf(section))('$name', { timeout: 2 * visibleMsMax }, async (given) => {
    await records.write(given.writes ?? [])
    if (given.standIn !== undefined && target.isStandIn) {
      expectRefusal(observe(await send(target.url, given)))
      return
    }
    expect(lookedAt(await answered(given), given)).toEqual(given.expect)
  })
})
