import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { checkJava, checkMaven } from '#compose/embedded/prerequisites'

const { ok, advice, problem } = findingsOf('machine')

const nodeMin = [20, 19] as const
const threadsMin = 32
const bytesMin = 1024 ** 3
const percentMin = 5

/** Node and the threads the Kafka client waits in. */
export function checkNode(version: string, threads: string | undefined): readonly Finding[] {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isNew = major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])
  const isEnough = Number(threads ?? 4) >= threadsMin
  return [
    isNew
      ? ok(`Node ${version}`)
      : problem(`Node ${version} is too old: install Node ${nodeMin.join('.')} or newer`),
    ...(isEnough
      ? []
      : [
          advice(
            `UV_THREADPOOL_SIZE is ${threads ?? 'not set'}: each consumer that waits holds a thread; ` +
              'start processes by bin/corrente.cjs, which sets it, or set it to 64',
          ),
        ]),
  ]
}

/** What the embedded stack needs beside Node. */
export async function checkTools(): Promise<readonly Finding[]> {
  const checked = await Promise.all([checkJava(), checkMaven()])
  return checked.map(({ isMet, sentence }) => (isMet ? ok(sentence) : problem(sentence)))
}

/** Room where the data of this machine is kept. */
export async function checkDisk(folder: string): Promise<readonly Finding[]> {
  let existing = folder
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  const { bavail, blocks, bsize } = await statfs(existing)
  return [diskFinding(folder, bavail * bsize, blocks * bsize)]
}

/** `free` and `whole` in bytes. */
export function diskFinding(folder: string, free: number, whole: number): Finding {
  const percent = whole === 0 ? 0 : Math.floor((free / whole) * 100)
  const room = `${(free / 1024 ** 3).toFixed(1)} GiB (${percent} %) are free at ${folder}`
  if (free >= bytesMin && percent >= percentMin) return ok(room)
  return problem(`only ${room}: units stop when it is full; make room, or set CORRENTE_HOME`)
}
