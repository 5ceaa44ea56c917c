import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Composed } from '#apps/payment-proxy/configuration/compose'
import {
  type ConfigurationDesk,
  type CurrentConfiguration,
  currentConfiguration,
  knownConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { within } from '#apps/platform/deadline'
import { Problem } from '#apps/platform/problem'
import { TransientError } from '#core/errors'
import type { ConfigurationRefusal } from '#schemas/generated/types'
import { configurationCommands } from '#schemas/topics'

/** What became of a command. */
export type Outcome =
  | { readonly current: CurrentConfiguration; readonly refusal?: undefined }
  | { readonly refusal: Pick<ConfigurationRefusal, 'code' | 'message'> }

const acknowledgedMsMax = 5_000
const seenMsMax = 2_000
const pauseMs = 20

/**
 * Sends what is wanted to the keeper of configurations and waits until this proxy's own lookup has seen what became
 * of it. Problem 504 after 2 s: it may be taken yet.
 */
export async function sendCommand(
  desk: ConfigurationDesk,
  { config, active }: Composed,
  expected_version: number,
): Promise<Outcome> {
  const { level, connector, publisher } = desk
  const command_id = randomUUID()
  const command = {
    command_id,
    level,
    subject_id: config.id,
    connector: connector.name,
    tenant_id: level === 'TENANT' ? config.id : String(config['tenant_id']),
    active,
    config: JSON.stringify(config),
    expected_version,
  }
  const headers = { 'correlation-id': command_id }
  const written = publisher.publish(configurationCommands, command, headers)
  const late = () => new TransientError('Kafka has not acknowledged the change in time')
  await within(acknowledgedMsMax, written, late)
  return outcomeOf(desk, command_id, config.id)
}

async function outcomeOf(desk: ConfigurationDesk, commandId: string, id: string): Promise<Outcome> {
  const { refusals, waitMsMax = seenMsMax } = desk.tables
  const deadline = performance.now() + waitMsMax
  const late = () => notSeen(commandId)
  for (;;) {
    const left = Math.max(1, deadline - performance.now())
    await within(left, Promise.all([currentConfiguration(desk, id), refusals.refresh()]), late)
    const outcome = seenOutcome(desk, commandId, id)
    if (outcome) return outcome
    if (performance.now() >= deadline) throw late()
    await sleep(pauseMs)
  }
}

function seenOutcome(desk: ConfigurationDesk, commandId: string, id: string): Outcome | undefined {
  const { versions, refusals } = desk.tables
  const [refused] = refusals.where('command_id', commandId)
  if (refused) return { refusal: refused.value as unknown as ConfigurationRefusal }
  const [version] = versions.where('command_id', commandId)
  const current = knownConfiguration(desk, id)
  // One transaction, two topics: a reader may see the end of the one before that of the other.
  const isSeen = version && current && current.version >= Number(version.value['version'])
  return isSeen ? { current } : undefined
}

const notSeen = (command_id: string): Problem =>
  new Problem(
    504,
    'the change was sent and has not been seen to be taken in time: read the configuration before you repeat it',
    { members: { command_id } },
  )
