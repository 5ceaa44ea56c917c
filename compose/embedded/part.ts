import { rm, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Artefact } from '#compose/embedded/artefacts'
import { startChild, stopChild } from '#compose/embedded/child'
import type { ClassArchive } from '#compose/embedded/class-archive'
import { lastLogLines, logPathsOf } from '#compose/embedded/log-tail'
import { isAlive, pidPathOf, readPidFile, runDirOf } from '#compose/embedded/pid-file'
import type { Claim } from '#compose/embedded/ports'

/** One server of the stack: how it is started, and how one knows that it serves. */
export interface Part {
  /** Names pid and log files: `kafka`, `registry`. */
  readonly name: string
  readonly artefact: Artefact
  readonly address: string
  readonly claims: readonly Claim[]
  /** The class path of the artefact's folder. */
  classPath(folder: string): string
  /** Work before a start; not done when a running one is adopted. Answers the arguments of Java. */
  prepare(runtime: PartRuntime): Promise<readonly string[]>
  /** One real request; false or a throw when it does not answer yet. */
  answers(): Promise<boolean>
  /** Settings made through the server itself, at every start. */
  configure?(): Promise<void>
}

/** What a start needs that an adoption does not. */
export interface PartRuntime {
  /** The Java command. */
  readonly java: string
  readonly classPath: string
  /** See `classArchive`. */
  readonly archive: ClassArchive
}

export interface PartContext {
  readonly dataDir: string
  readonly portBase: number
  readonly report: (line: string) => void
  /** Aborted when another part has failed or nobody wants the stack any more: waiting has no sense then. */
  readonly signal: AbortSignal
}

const startMsMax = 120_000
const adoptMsMax = 20_000

/** Adopts the part a former launcher left running, if it serves. Answers whether it did. */
export const adoptPart = async (
  part: Part,
  context: PartContext,
  waitMsMax = adoptMsMax,
): Promise<boolean> => {
  const { dataDir, report, signal } = context
  const pidFile = readPidFile(pidPathOf(dataDir, part.name))
  if (pidFile === undefined || !isAlive(pidFile, dataDir)) return false
  if (pidFile.portBase !== context.portBase) {
    throw new Error(
      `${part.artefact.title} of ${dataDir} already runs with port base ${pidFile.portBase}: ` +
        'stop that stack first, or use another folder',
    )
  }
  const ended = () => (isAlive(pidFile, dataDir) ? undefined : 'it ended')
  const failure = await waitUntilServing(part, ended, waitMsMax, signal)
  if (failure === undefined) {
    await part.configure?.()
    report(`${part.artefact.title}: already running on ${part.address}`)
    return true
  }
  report(`${part.artefact.title}: found pid ${pidFile.pid}, but ${failure}; starting it anew`)
  await stopChild(dataDir, part.name)
  return false
}

/** Starts the part and waits until it serves. Throws with its last log lines when it does not. */
export const startPart = async (
  part: Part,
  runtime: PartRuntime,
  context: PartContext,
): Promise<void> => {
  const { dataDir, portBase, report, signal } = context
  const startedAtMs = Date.now()
  const temporary = join(runDirOf(dataDir), `${part.name}-tmp`)
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  const prepared = await part.prepare(runtime)
  signal.throwIfAborted()
  // Native libraries and caches unpacked by a JVM that is killed would pile up in the system's folder.
  const args = [`-Djava.io.tmpdir=${temporary}`, ...runtime.archive.options, ...prepared]
  const child = startChild({ name: part.name, command: runtime.java, args, dataDir, portBase })
  const failure = await waitUntilServing(part, child.ended, startMsMax, signal)
  if (failure !== undefined) throw new Error(await withLog(part, dataDir, failure))
  await part.configure?.()
  report(`${part.artefact.title}: ready on ${part.address} in ${secondsSince(startedAtMs)} s`)
}

const waitUntilServing = async (
  part: Part,
  ended: () => string | undefined,
  waitMsMax: number,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const deadline = Date.now() + waitMsMax
  for (;;) {
    const ending = ended()
    if (ending !== undefined) return ending
    if (await part.answers().catch(() => false)) return undefined
    signal.throwIfAborted()
    if (Date.now() > deadline) return `it did not answer within ${waitMsMax / 1000} s`
    await sleep(50)
  }
}

const withLog = async (part: Part, dataDir: string, failure: string): Promise<string> => {
  const paths = logPathsOf(dataDir, part.name)
  const { lines, path } = await lastLogLines(paths)
  return [
    `${part.artefact.title} did not start: ${failure}; its last log lines (${path ?? paths[0]}):`,
    ...lines,
  ].join('\n')
}

const secondsSince = (startedAtMs: number) => ((Date.now() - startedAtMs) / 1000).toFixed(1)
