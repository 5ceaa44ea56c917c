import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type ApiVersions,
  askApiVersions,
  hasFencedOffsets,
  releaseOf,
} from '#apps/corrente/doctor/api-versions'
import { settingFindings } from '#apps/corrente/doctor/brokers'
import { clockFinding } from '#apps/corrente/doctor/clocks'
import { examined, type Finding } from '#apps/corrente/doctor/finding'
import { checkDisk, checkNode, diskFinding } from '#apps/corrente/doctor/machine'
import { unitFindings } from '#apps/corrente/doctor/units'

const told = (findings: readonly Finding[]) =>
  findings.map(({ level, sentence }) => `${level}: ${sentence}`)
const gib = 1024 ** 3

describe('what a doctor says of the machine', () => {
  it('is well with a Node, threads and room enough', async () => {
    expect(told(checkNode('v20.19.0', '64'))).toEqual(['ok: Node v20.19.0'])
    expect(
      (await checkDisk(join(tmpdir(), 'not', 'there', 'yet'))).map(({ area }) => area),
    ).toEqual(['machine'])
    expect(diskFinding('/data', 10 * gib, 100 * gib).level).toBe('ok')
  })

  it('names what is too little', () => {
    expect(told(checkNode('v20.18.3', undefined))).toEqual([
      'problem: Node v20.18.3 is too old: install Node 20.19 or newer',
      expect.stringMatching(/^advice: UV_THREADPOOL_SIZE is not set: /),
    ])
    expect(checkNode('v22.0.0', '4')[1]?.level).toBe('advice')
    expect(told([diskFinding('/data', 10 * gib, 1_000 * gib)])).toEqual([
      'problem: only 10.0 GiB (1 %) are free at /data: units stop when it is full; make room, or set CORRENTE_HOME',
    ])
    expect(diskFinding('/data', gib / 2, gib).level).toBe('problem')
  })
})

describe('what it says of the brokers', () => {
  let server: Server | undefined
  const sockets: Socket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
    server?.close()
  })
  const brokerThat = async (answers: (socket: Socket) => void) => {
    server = createServer((socket) => {
      sockets.push(socket)
      answers(socket)
    })
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  /** As Kafka answers: size, correlation, error, count, then key, lowest and highest version of each. */
  const answerOf = (apis: readonly (readonly [number, number, number])[]) => {
    const bytes = Buffer.alloc(4 + 10 + apis.length * 6)
    bytes.writeInt32BE(bytes.length - 4, 0)
    bytes.writeInt32BE(1, 4)
    bytes.writeInt32BE(apis.length, 10)
    apis.flat().forEach((number, at) => bytes.writeInt16BE(number, 14 + at * 2))
    return bytes
  }

  it('is the release whose requests they take, read in however many pieces', async () => {
    const bytes = answerOf([
      [1, 4, 17],
      [28, 0, 5],
      [65, 0, 0],
      [71, 0, 0],
    ])
    const address = await brokerThat((socket) => {
      socket.write(bytes.subarray(0, 7))
      setTimeout(() => socket.write(bytes.subarray(7)), 20)
    })
    const apis = await askApiVersions(address, {})
    expect(apis.get(28)).toEqual({ min: 0, max: 5 })
    expect(hasFencedOffsets(apis)).toBe(true)
    expect(releaseOf(apis)).toBe('4.0')
  })

  it('is a sentence with the address where they do not answer', async () => {
    await expect(askApiVersions('127.0.0.1:1', {})).rejects.toThrow(
      /^the broker at 127\.0\.0\.1:1 does not answer \(ECONNREFUSED\): start it, or correct/,
    )
    const address = await brokerThat((socket) => socket.destroy())
    await expect(askApiVersions(address, {})).rejects.toThrow(/does not answer \(/)
  })

  it('knows older releases by what they lack', () => {
    const apis = (...given: (readonly [number, number, number])[]): ApiVersions =>
      new Map(given.map(([key, min, max]) => [key, { min, max }]))
    expect(releaseOf(apis([1, 0, 16], [28, 0, 3], [65, 0, 0], [71, 0, 0]))).toBe('3.7')
    expect(releaseOf(apis([1, 0, 16], [28, 0, 3], [65, 0, 0]))).toBe('3.0')
    expect(releaseOf(apis([1, 0, 11], [28, 0, 3]))).toBe('2.5')
    expect(hasFencedOffsets(apis([28, 0, 2]))).toBe(false)
    expect(releaseOf(apis([28, 0, 2]))).toBeUndefined()
  })

  it('names each setting that units could not live with', () => {
    const settings = {
      'offsets.retention.minutes': '5256000',
      'group.min.session.timeout.ms': '1000',
    }
    expect(settingFindings(new Map(Object.entries(settings))).map(({ level }) => level)).toEqual([
      'ok',
    ])
    expect(
      told(
        settingFindings(
          new Map([
            ['offsets.retention.minutes', '10080'],
            ['group.min.session.timeout.ms', '10000'],
            ['group.max.session.timeout.ms', '1800000'],
            ['transaction.max.timeout.ms', '4000'],
            ['auto.create.topics.enable', 'true'],
          ]),
        ),
      ),
    ).toEqual([
      expect.stringMatching(
        /^warning: offsets\.retention\.minutes is 10080: a unit that stands still for 7 days/,
      ),
      expect.stringMatching(
        /^problem: group\.min\.session\.timeout\.ms to .* is 10000 to 1800000: units ask for 6000/,
      ),
      expect.stringMatching(/^problem: transaction\.max\.timeout\.ms is 4000: units ask for 5000/),
      expect.stringMatching(/^warning: auto\.create\.topics\.enable is true/),
    ])
  })
})

describe('what it says of units', () => {
  const unit = (members: number, committed: number | undefined, end = 10) => ({
    unit: 'keeper',
    members,
    lag: end - (committed ?? 0),
    partitions: [
      { topic: 't', partition: 0, committed, beginning: 2, end, lag: end - (committed ?? 2) },
      { topic: 't', partition: 1, committed: 2, beginning: 2, end: 2, lag: 0 },
    ],
  })

  it.each([
    [unit(1, 10), 'ok: keeper is run by 1, 0 behind'],
    [unit(0, 10), 'advice: no process runs keeper: start a worker that does'],
    [unit(0, 7), 'problem: no process runs keeper, which is 3 behind: start a worker that does'],
    [unit(1, undefined), /^problem: keeper has no committed offset where records wait/],
    [unit(1, 1), /^problem: keeper is at offset 1 of t\/0, outside the log \(2 to 10\)/],
  ])('%# is a sentence', (lag, sentence) => {
    const [finding, ...more] = told(unitFindings([lag]))
    expect(more).toEqual([])
    if (typeof sentence === 'string') expect(finding).toBe(sentence)
    else expect(finding).toMatch(sentence)
  })

  it('is advice for one that never ran', () => {
    const fresh = unit(0, undefined)
    const partitions = fresh.partitions.map((one) => ({ ...one, committed: undefined }))
    expect(told(unitFindings([{ ...fresh, partitions }]))).toEqual([
      'advice: keeper has never run: start a worker that does, once with --from',
    ])
  })
})

describe('what it says of clocks', () => {
  it('is well within three seconds and names who is ahead of whom beyond', () => {
    const noon = Date.parse('2026-01-15T12:00:00Z')
    expect(clockFinding('the registry', noon, noon + 900).level).toBe('ok')
    expect(clockFinding('the registry', noon, noon + 10_500).sentence).toMatch(
      /^the clock of the registry is 10 s behind ours/,
    )
    expect(clockFinding('the registry', noon, noon - 5_500).sentence).toMatch(
      /is 6 s ahead of ours/,
    )
  })
})

describe('a check that cannot be made', () => {
  it('is a problem with its reason', async () => {
    const broken = () => Promise.reject(new Error('no answer'))
    expect(await examined('topics', broken)).toEqual([
      { area: 'topics', level: 'problem', sentence: 'no answer' },
    ])
  })

  it('is a problem when what is asked hangs', async () => {
    const hanging = () => new Promise<never>(() => undefined)
    expect(told(await examined('Postgres', hanging, 20))).toEqual([
      'problem: no answer within 0.02 s: what is asked hangs',
    ])
  })
})
