import { apicurioRegistry } from '#compose/embedded/apicurio-registry'
import { cacheDir, provide } from '#compose/embedded/cache'
import { stopChild } from '#compose/embedded/child'
import { buildArchives, buildOf, classArchive } from '#compose/embedded/class-archive'
import { kafkaBroker } from '#compose/embedded/kafka-broker'
import type { KafkaSettings } from '#compose/embedded/kafka-properties'
import { downloadWithMaven } from '#compose/embedded/maven'
import type { Part, PartContext, PartRuntime } from '#compose/embedded/part'
import { adoptPart, startPart } from '#compose/embedded/part'
import { assertPortsFree } from '#compose/embedded/ports'
import { checkJava, javaCommand } from '#compose/embedded/prerequisites'

export interface StackOptions extends KafkaSettings {
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  /** Ends a start half way: downloads and waiting stop, what was started for it is stopped. */
  readonly signal?: AbortSignal | undefined
}

/** The parts of a stack, in the order they are told of. */
export const partsOf = (settings: KafkaSettings): readonly Part[] => [
  kafkaBroker(settings),
  apicurioRegistry(settings.dataDir, settings.portBase),
]

/** Adopts or starts every part, side by side. Answers whether all were running already; throws at an abort. */
export const startParts = async (options: StackOptions): Promise<boolean> => {
  const abort = new AbortController()
  const signal = AbortSignal.any([abort.signal, ...(options.signal ? [options.signal] : [])])
  const context: PartContext = { ...options, signal }
  const parts = partsOf(options)
  const areAdopted = await allOrAbort(
    abort,
    parts.map((part) => adoptPart(part, context)),
  )
  const toStart = parts.filter((_, index) => !areAdopted[index])
  if (toStart.length === 0) return true
  const java = await requireJava()
  await assertPortsFree(toStart.flatMap((part) => part.claims))
  const runtimes = await allOrAbort(abort, runtimesOf(toStart, java, options))
  try {
    await allOrAbort(
      abort,
      runtimes.map(([part, runtime]) => startPart(part, runtime, context)),
    )
  } catch (error) {
    await Promise.all(toStart.map((part) => stopChild(options.dataDir, part.name)))
    throw error
  }
  // Tests measure: nothing else may run beside them.
  if (options.profile !== 'test') {
    const sources = runtimes.map(([, runtime]) => runtime)
    await buildArchives(sources, { ...options, java })
  }
  return false
}

// Downloads what is missing. One that fails does not cut another short: what is there, is there.
const runtimesOf = (
  parts: readonly Part[],
  java: string,
  { dataDir, report, signal }: StackOptions,
): readonly Promise<readonly [Part, PartRuntime]>[] => {
  const download = downloadWithMaven(report, signal)
  const cached = { cache: cacheDir(), download, report, signal }
  const build = buildOf(java)
  return parts.map(async (part) => {
    const folder = await provide(part.artefact, cached)
    const archive = classArchive(folder, part.name, dataDir, await build)
    return [part, { java, classPath: part.classPath(folder), archive }] as const
  })
}

/** All results, or the first failure, once the others (told to abort) have ended too. */
const allOrAbort = async <Result>(
  abort: AbortController,
  works: readonly Promise<Result>[],
): Promise<readonly Result[]> => {
  try {
    return await Promise.all(works)
  } catch (error) {
    abort.abort()
    await Promise.allSettled(works)
    throw error
  }
}

const requireJava = async (): Promise<string> => {
  const { isMet, sentence } = await checkJava()
  if (!isMet) throw new Error(sentence)
  return javaCommand()
}
