import { describe, expect, it } from 'vitest'
import { checkKsqldb, checkReadsCommitted } from '#apps/corrente/doctor/ksqldb'
import { KsqlUnavailable } from '#connectors/ksqldb/index'
import type { Ksqldb } from '#ports/ksqldb'

interface Behaviour {
  /** Whether it shows what was aborted. */
  readonly isUncommitted?: boolean
  /** So many answers are without a row, as while a table loads. */
  readonly emptyAnswers?: number
  readonly dropFails?: boolean
  readonly createFails?: boolean
}

function scene({ isUncommitted, emptyAnswers = 0, dropFails, createFails }: Behaviour) {
  const log: { key: string; isAborted: boolean }[] = []
  const done: string[] = []
  const topic = {
    name: 'corrente.doctor.0a1b2c3d',
    writeAborted: async (key: string) => void log.push({ key, isAborted: true }),
    write: async (key: string) => void log.push({ key, isAborted: false }),
    remove: async () => void done.push('topic removed'),
  }
  let answers = 0
  const client: Ksqldb = {
    describe: async () => ({ version: '7.5.16', status: 'RUNNING' }),
    async execute(statements) {
      const text = statements.toString()
      const isDrop = text.startsWith('DROP')
      if (isDrop ? dropFails : createFails) throw new KsqlUnavailable('ksqlDB answered 503 (50302)')
      done.push(isDrop ? text : text.slice(0, 19))
      return []
    },
    async *pull() {
      answers += 1
      if (answers === 1) throw new KsqlUnavailable('ksqlDB has not loaded the table yet')
      if (answers <= emptyAnswers + 1) return
      for (const { key, isAborted } of log) if (isUncommitted || !isAborted) yield { K: key }
    },
    close: async () => undefined,
  }
  const run = async () =>
    (await checkReadsCommitted(client, topic, 2_000)).map((one) => `${one.level}: ${one.sentence}`)
  return { run, done, log }
}

const dropped = ['DROP TABLE IF EXISTS `CORRENTE_DOCTOR_0A1B2C3D`;', 'topic removed']
const made = 'a scratch topic corrente.doctor.0a1b2c3d and a table CORRENTE_DOCTOR_0A1B2C3D over it'

describe('what a doctor says of ksqlDB', () => {
  it('is well where only the committed row is shown, and leaves nothing behind', async () => {
    const { run, done, log } = scene({ emptyAnswers: 2 })
    expect(await run()).toEqual([`ok: ksqlDB shows only what is committed (asked by ${made})`])
    expect(done).toEqual(['CREATE SOURCE TABLE', ...dropped])
    expect(log.map(({ key }) => key)).toEqual(['aborted', 'committed'])
  })

  it('is a problem where the aborted row is shown, too', async () => {
    const { run, done } = scene({ isUncommitted: true })
    expect(await run()).toEqual([
      expect.stringMatching(/^problem: .*ksql\.streams\.consumer\.isolation\.level=read_committed/),
    ])
    expect(done.slice(1)).toEqual(dropped)
  })

  it('is no verdict where no row is shown in time', async () => {
    const { run, done } = scene({ emptyAnswers: 1_000 })
    expect(await run()).toEqual([
      expect.stringMatching(/^problem: ksqlDB did not show a committed/),
    ])
    expect(done.slice(1)).toEqual(dropped)
  })

  it('is no verdict where the table cannot be made', async () => {
    const { run, done } = scene({ createFails: true })
    expect(await run()).toEqual([
      'problem: it is not known whether ksqlDB reads committed: ksqlDB answered 503 (50302)',
    ])
    expect(done).toEqual(dropped)
  })

  it('names what could not be removed', async () => {
    const { run, done } = scene({ dropFails: true })
    expect((await run())[1]).toBe(
      'advice: the table CORRENTE_DOCTOR_0A1B2C3D in ksqlDB could not be removed ' +
        '(ksqlDB answered 503 (50302)): remove it by hand',
    )
    expect(done.at(-1)).toBe('topic removed')
  })

  it('is one line where no ksqlDB is named', async () => {
    const found = await checkKsqldb({}, { brokers: '127.0.0.1:1' }, undefined as never)
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'KSQLDB_URL is not set: no ksqlDB was examined',
    ])
  })
})
