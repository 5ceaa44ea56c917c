import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { Kafka, logLevel } from 'kafkajs'

import { kafkaJars } from '#compose/embedded/artefacts'
import type { KafkaSettings } from '#compose/embedded/kafka-properties'
import { kafkaProperties } from '#compose/embedded/kafka-properties'
import { lastLogLines } from '#compose/embedded/log-tail'
import type { Part, PartRuntime } from '#compose/embedded/part'
import { runDirOf } from '#compose/embedded/pid-file'
import { stackPorts } from '#compose/embedded/ports'
import { runTool } from '#compose/embedded/run-tool'

/** The broker as a part: formats its folder once, serves when a cluster description names a broker. */
export const kafkaBroker = (settings: KafkaSettings): Part => {
  const { dataDir, portBase } = settings
  const { kafka, controller } = stackPorts(portBase)
  const address = `127.0.0.1:${kafka}`
  return {
    name: 'kafka',
    title: kafkaJars.title,
    artefact: kafkaJars,
    address,
    claims: [
      { port: kafka, wantedBy: kafkaJars.title },
      { port: controller, wantedBy: `the controller of ${kafkaJars.title}` },
    ],
    classPath: (folder) => join(folder, '*'),
    async prepare(runtime) {
      const properties = join(runDirOf(dataDir), 'server.properties')
      await mkdir(runDirOf(dataDir), { recursive: true })
      const wasKilled = isFormatted(dataDir) && !wasShutDown(dataDir)
      await writeFile(properties, kafkaProperties({ ...settings, wasKilled }))
      await format(dataDir, runtime, properties)
      return [...javaOptions(dataDir), '-cp', runtime.classPath, 'kafka.Kafka', properties]
    },
    answers: () => describesItself(address),
  }
}

const describesItself = async (address: string): Promise<boolean> => {
  const client = new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 0 },
  })
  const admin = client.admin()
  try {
    await admin.connect()
    // A fenced broker answers, but is not in the list: no topic could be made on it yet.
    return (await admin.describeCluster()).brokers.length > 0
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

const javaOptions = (dataDir: string): readonly string[] => [
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
  `-Dcorrente.logs=${join(dataDir, 'logs')}`,
  `-Dlog4j2.configurationFile=${fileURLToPath(new URL('log4j2.properties', import.meta.url))}`,
]

const isFormatted = (dataDir: string) => existsSync(join(dataDir, 'kafka', 'meta.properties'))

/** The broker leaves this file behind when it ends in order, and removes it when it starts. */
const wasShutDown = (dataDir: string) => existsSync(join(dataDir, 'kafka', '.kafka_cleanshutdown'))

const format = async (
  dataDir: string,
  { java, classPath }: PartRuntime,
  properties: string,
): Promise<void> => {
  if (isFormatted(dataDir)) return
  const tool = ['kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t', newClusterId()]
  const options = [...javaOptions(dataDir), '-cp', classPath]
  const { exitCode, output } = await runTool(java, [...options, ...tool, '-c', properties])
  if (exitCode === 0) return
  const { lines } = await lastLogLines([join(dataDir, 'logs', 'kafka.log')])
  throw new Error(
    [`${kafkaJars.title} cannot prepare ${dataDir}/kafka:`, ...lines, output].join('\n'),
  )
}

/** 16 random bytes, base64url, not beginning with a dash: the tool would take it for an option. */
export const newClusterId = (): string => {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? newClusterId() : id
}
