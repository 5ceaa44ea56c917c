import { rm, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Artefact } from '#compose/embedded/artefacts'
import { type Child, startChild, stopChild } from '#compose/embedded/child'
import type { ClassArchive } from '#compose/embedded/class-archive'
import { lastLogLines, logPathsOf } from '#compose/embedded/log-tail'
import { isAlive, pidPathOf, readPidFile, runDirOf } from '#compose/embedded/pid-file'
import type { Claim } from '#compose/embedded/ports'

/** One server of the stack, and how one knows that it serves. */
export interface Server {
  /** Names pid and log files: `kafka`, `registry`. */
  readonly name: string
  /** As a person would call it. */
  readonly title: string
  readonly address: string
  readonly claims: readonly Claim[]
  /** One real request; false or a throw when it does not answer yet. */
  answers(): Promise<boolean>
  /** Settings made through the server itself, at every start. */
  configure?(): Promise<void>
}

/** A server that Java runs: how it is started. */
export interface Part extends Server {
  readonly artefact: Artefact
  /** The class path of the artefact's folder. */
  classPath(folder: string): string
  /** Work before a start; not done when a running one is adopted. Answers the arguments of Java. */
  prepare(runtime: PartRuntime): Promise<readonly string[]>
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
  part: Server,
  context: PartContext,
  waitMsMax = adoptMsMax,
): Promise<boolean> => {
  const { dataDir, report, signal } = context
  const pidFile = readPidFile(pidPathOf(dataDir, part.name))
  if (pidFile === undefined || !isAlive(pidFile, dataDir)) return false
  if (pidFile.portBase !== context.portBase) {
    throw new Error(
      `${part.title} of ${dataDir} already runs with port base ${pidFile.portBase}: ` +
        'stop that stack first, or use another folder',
    )
  }
  const ended = () => (isAlive(pidFile, dataDir) ? undefined : 'it ended')
  const failure = await waitUntilServing(part, ended, waitMsMax, signal)
  if (failure === undefined) {
    await part.configure?.()
    report(`${part.title}: already running on ${part.address}`)
    return true
  }
  report(`${part.title}: found pid ${pidFile.pid}, but ${failure}; starting it anew`)
  await stopChild(dataDir, part.name)
  return false
}

/** Starts the part and waits until it serves. Throws with its last log lines when it does not. */
export const startPart = async (
  part: Part,
  runtime: PartRuntime,
  context: PartContext,
): Promise<void> => {
  const { dataDir, portBase, signal } = context
  const startedAtMs = Date.now()
  const temporary = join(runDirOf(dataDir), `${part.name}-tmp`)
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  const prepared = await part.prepare(runtime)
  signal.throwIfAborted()
  // Native libraries and caches unpacked by a JVM that is killed would pile up in the system's folder.
  const args = [`-Djava.io.tmpdir=${temporary}`, ...runtime.archive.options, ...prepared]
  const child = startChild({ name: part.name, command: runtime.java, args, dataDir, portBase })
  await serving(part, child, { ...context, startedAtMs })
}

/** Waits until what was started serves, and configures it. Throws with its last log lines when it does not. */
export const serving = async (
  server: Server,
  child: Child,
  { dataDir, report, signal, startedAtMs }: PartContext & { readonly startedAtMs: number },
): Promise<void> => {
  const failure = await waitUntilServing(server, child.ended, startMsMax, signal)
  if (failure !== undefined) throw new Error(await withLog(server, dataDir, failure))
  await server.configure?.()
  report(`${server.title}: ready on ${server.address} in ${secondsSince(startedAtMs)} s`)
}

const waitUntilServing = async (
  part: Server,
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

const withLog = async (part: Server, dataDir: string, failure: string): Promise<string> => {
  const paths = logPathsOf(dataDir, part.name)
  const { lines, path } = await lastLogLines(paths)
  return [
    `${part.title} did not start: ${failure}; its last log lines (${path ?? paths[0]}):`,
    ...lines,
  ].join('\n')
}

const secondsSince = (startedAtMs: number) => ((Date.now() - startedAtMs) / 1000).toFixed(1)
