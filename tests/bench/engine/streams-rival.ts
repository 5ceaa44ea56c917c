import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Artefact, dependenciesOf } from '#compose/embedded/artefacts'
import { cacheDir, provide } from '#compose/embedded/cache'
import { downloadWithMaven } from '#compose/embedded/maven'
import { javaCommand } from '#compose/embedded/prerequisites'
import { runTool } from '#compose/embedded/run-tool'
import type { UnitNames } from '#tests/bench/engine/bench-units'
import { type SideProcess, startSide } from '#tests/bench/engine/side-process'

const besides = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const streamsJars: Artefact = {
  title: 'Kafka Streams 4.3.1',
  folder: 'streams-4.3.1',
  contents: '16 jars, 100 MB',
  checksums: () => readFile(besides('streams-4.3.1.sha256'), 'utf8'),
  goal: dependenciesOf(besides('pom.xml')),
}

/** The JVM of the rival: what was quickest here; see docs/performance.md. */
export const jvmOptions: readonly string[] = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC']

/** Settings of Streams that differ from its defaults: what was quickest here; see docs/performance.md. */
export const streamsSettings = {
  'processing.guarantee': 'exactly_once_v2',
  'num.stream.threads': '1',
  'auto.offset.reset': 'earliest',
  'consumer.max.poll.records': '2000',
  'consumer.fetch.max.wait.ms': '100',
  'producer.linger.ms': '0',
  'producer.batch.size': '131072',
} as const

/** Commit interval, milliseconds: Streams' default where rate counts, the bars' 20 where latency does. */
export const commitMs = { rate: 100, latency: 20 } as const

/** The rival, downloaded and compiled. */
export interface StreamsRival {
  start(unit: UnitNames, commitIntervalMs: number): SideProcess
}

interface Place {
  readonly brokers: string
  /** Folder for the schemas and the state of the rival. */
  readonly folder: string
  readonly event: { readonly id: number; readonly schema: object }
  readonly row: { readonly id: number; readonly schema: object }
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** Downloads and compiles the rival where that was not done yet. Throws a sentence where Java's compiler is missing. */
export async function provideStreams(place: Place): Promise<StreamsRival> {
  const { brokers, folder, event, row, report, signal } = place
  const download = downloadWithMaven(report, signal)
  const jars = await provide(streamsJars, { cache: cacheDir(), download, report, signal })
  const classPath = `${await compiled(jars)}:${join(jars, '*')}`
  await mkdir(folder, { recursive: true })
  const eventSchema = join(folder, 'event.avsc')
  const rowSchema = join(folder, 'row.avsc')
  await writeFile(eventSchema, JSON.stringify(event.schema))
  await writeFile(rowSchema, JSON.stringify(row.schema))
  const events = [`eventSchema=${eventSchema}`, `eventId=${event.id}`]
  const rows = [`rowSchema=${rowSchema}`, `rowId=${row.id}`]
  return {
    start({ name, input, output, rows: rowsName }, commitIntervalMs) {
      const settings = {
        ...streamsSettings,
        'bootstrap.servers': brokers,
        'application.id': name,
        'commit.interval.ms': commitIntervalMs,
        'state.dir': join(folder, 'state'),
      }
      const args = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
      const unit = [`input=${input}`, `output=${output}`, ...events]
      const state = rowsName === undefined ? [] : rows
      return startSide({
        command: javaCommand(),
        args: [...jvmOptions, '-cp', classPath, 'StreamsBench', ...unit, ...state, ...args],
      })
    },
  }
}

/** The folder of the compiled program; one for each text of it. */
async function compiled(jars: string): Promise<string> {
  const source = besides('StreamsBench.java')
  const hash = createHash('sha256')
    .update(await readFile(source))
    .digest('hex')
  const classes = join(cacheDir(), `streams-bench-${hash.slice(0, 12)}`)
  if (existsSync(classes)) return classes
  const part = `${classes}.part-${process.pid}`
  const javac = join(javaCommand(), '..', 'javac')
  const command = javaCommand() === 'java' ? 'javac' : javac
  const { exitCode, output } = await runTool(command, ['-d', part, '-cp', join(jars, '*'), source])
  if (exitCode === undefined) {
    throw new Error(
      `${command} is missing: install a JDK (Debian package openjdk-17-jdk-headless), which compiles the rival`,
    )
  }
  if (exitCode !== 0) throw new Error(`${source} does not compile: ${output}`)
  await rename(part, classes).catch((error: unknown) => {
    if (!existsSync(classes)) throw error
  })
  await rm(part, { recursive: true, force: true })
  return classes
}
