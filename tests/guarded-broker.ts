import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaJars } from '#compose/embedded/artefacts'
import { cacheDir, provide } from '#compose/embedded/cache'
import { stopChild } from '#compose/embedded/child'
import { buildOf, classArchive } from '#compose/embedded/class-archive'
import { kafkaBroker } from '#compose/embedded/kafka-broker'
import { downloadWithMaven } from '#compose/embedded/maven'
import { startPart } from '#compose/embedded/part'
import { stackPorts } from '#compose/embedded/ports'
import { checkJava, javaCommand } from '#compose/embedded/prerequisites'
import type { KafkaSettings } from '#core/kafka'
import { freePortBase } from '#tests/free-ports'

const guardedPortOf = (portBase: number) => portBase + 94

/** A broker that lets each user do only what the access list says. */
export interface GuardedBroker {
  readonly portBase: number
  readonly dataDir: string
  /** The door of the administrator, who needs no list. */
  readonly admin: KafkaSettings
  /** The door of users, who sign in. */
  settingsOf(principal: string): KafkaSettings
  /** The same for a process of ours. */
  environmentOf(principal: string): Readonly<Record<string, string>>
  stop(): Promise<void>
}

const passwordOf = (principal: string, secret: string) => `${principal}-${secret}`

/** Settings of a broker with a second listener where users sign in, and nobody may do anything unless it was said. */
export function guarded(portBase: number, principals: readonly string[], secret: string) {
  const { kafka, controller } = stackPorts(portBase)
  const users = principals.map((name) => `user_${name}="${passwordOf(name, secret)}"`).join(' ')
  const doors = `PLAINTEXT://127.0.0.1:${kafka},SASL_PLAINTEXT://127.0.0.1:${guardedPortOf(portBase)}`
  return {
    listeners: `${doors},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': doors,
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${users};`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  }
}

/** How a user comes to that listener: our own client, and a process of ours. */
export function doorOf(portBase: number, principal: string, secret: string) {
  const brokers = `127.0.0.1:${guardedPortOf(portBase)}`
  const password = passwordOf(principal, secret)
  return {
    settings: {
      brokers,
      security: {
        'security.protocol': 'sasl_plaintext',
        'sasl.mechanisms': 'PLAIN',
        'sasl.username': principal,
        'sasl.password': password,
      },
    },
    environment: {
      KAFKA_BROKERS: brokers,
      KAFKA_SECURITY_PROTOCOL: 'sasl_plaintext',
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_USERNAME: principal,
      KAFKA_PASSWORD: password,
    },
  }
}

/** Starts a broker alone, with these users. */
export async function startGuardedBroker(principals: readonly string[]): Promise<GuardedBroker> {
  const { isMet, sentence } = await checkJava()
  if (!isMet) throw new Error(sentence)
  const [java, secret, portBase] = [javaCommand(), randomUUID(), await freePortBase()]
  const home = mkdtempSync(join(tmpdir(), 'corrente-guarded-'))
  const dataDir = join(home, `stack-${portBase}`)
  const report = (line: string) => process.stderr.write(`${line}\n`)
  const more = guarded(portBase, principals, secret)
  const part = kafkaBroker({ dataDir, portBase, profile: 'test', more })
  const { signal } = new AbortController()
  const download = downloadWithMaven(report, signal)
  const folder = await provide(kafkaJars, { cache: cacheDir(), download, report, signal })
  const archive = classArchive(folder, part.name, dataDir, await buildOf(java))
  const stop = async () => {
    await stopChild(dataDir, part.name)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const runtime = { java, classPath: part.classPath(folder), archive }
    await startPart(part, runtime, { dataDir, portBase, report, signal })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    portBase,
    dataDir,
    admin: { brokers: `127.0.0.1:${stackPorts(portBase).kafka}` },
    settingsOf: (principal) => doorOf(portBase, principal, secret).settings,
    environmentOf: (principal) => doorOf(portBase, principal, secret).environment,
    stop,
  }
}
