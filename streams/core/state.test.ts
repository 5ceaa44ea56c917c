import { describe, expect, it } from 'vitest'
import { PartitionState } from '#core/state'
import { memoryStore } from '#core/state-store'

const table = 'unit.rows'
const bytes = (text: string) => Buffer.from(text)
const stateOf = (rows: Readonly<Record<string, string>> = {}) => {
  const store = memoryStore()
  store.apply(
    table,
    Object.entries(rows).map(([key, row]) => [key, bytes(row)]),
  )
  return { store, state: new PartitionState(store) }
}
const text = (found: Buffer | undefined) => found && String(found)
const texts = (found: Iterable<readonly [string, Buffer]>) =>
  [...found].map(([key, row]) => `${key}=${String(row)}`)

describe('the state of a partition', () => {
  it('shows a unit what its open transaction will commit, and the store nothing of it', () => {
    const { store, state } = stateOf()
    state.put(table, 'a', bytes('1'))
    expect([text(state.get(table, 'a')), store.get(table, 'a')]).toEqual(['1', undefined])
    state.commit()
    expect([text(state.get(table, 'a')), text(store.get(table, 'a'))]).toEqual(['1', '1'])
  })

  it('hides a row that is removed, though the store still has it until the commit', () => {
    const { store, state } = stateOf({ a: '1' })
    state.put(table, 'a', null)
    expect([state.get(table, 'a'), text(store.get(table, 'a'))]).toEqual([undefined, '1'])
    state.commit()
    expect([state.get(table, 'a'), store.get(table, 'a')]).toEqual([undefined, undefined])
  })

  it('commits a change once: what was committed before stays what it is', () => {
    const { store, state } = stateOf()
    state.put(table, 'a', bytes('1'))
    state.commit()
    store.apply(table, [['a', bytes('2')]])
    state.commit()
    expect(text(state.get(table, 'a'))).toBe('2')
  })

  it('gives a range in key order, with what the open transaction adds, changes and removes', () => {
    const { state } = stateOf({ a: '1', b: '1', d: '1', e: '1' })
    state.put(table, 'c', bytes('2'))
    state.put(table, 'd', null)
    state.put(table, 'b', bytes('2'))
    expect(texts(state.range(table, { gte: 'b' }))).toEqual(['b=2', 'c=2', 'e=1'])
    const last = state.range(table, { lt: 'e', reverse: true, limit: 2 })
    expect(texts(last)).toEqual(['c=2', 'b=2'])
  })

  it('keeps the tables of a partition apart', () => {
    const { state } = stateOf({ a: '1' })
    state.put('unit.timers', 'a', bytes('timer'))
    expect(text(state.get(table, 'a'))).toBe('1')
    expect(texts(state.range('unit.timers', {}))).toEqual(['a=timer'])
    expect([state.get('other', 'a'), texts(state.range('other', {}))]).toEqual([undefined, []])
  })
})
