import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startDebitProjector } from '#apps/debit-projector/main'
import { type PlatformSettings, platformSettings } from '#apps/platform/settings'
import { openGroupOffsets } from '#core/group-offsets'
import { openOffsetSource } from '#core/offset-source'
import { debits } from '#schemas/topics'
import { runCommand } from '#tests/command'
import { type DatabasePlace, openDatabasePlace } from '#tests/contract/projection/place'
import { runAuthoriser } from '#tests/end-to-end/mixed-debits'
import { freePortBase } from '#tests/free-ports'
import { platformOf, startTestStack } from '#tests/stack'
import { until } from '#tests/until'

/** What the command says of the books. */
interface Found {
  readonly is_right: boolean
  readonly partitions: readonly { readonly decisions: number; readonly letters: number }[]
  readonly violations: readonly {
    readonly kind: string
    readonly first: readonly {
      readonly at: string
      readonly account_id: string | null
      readonly what: string
    }[]
  }[]
  readonly postgres: { readonly state: string; readonly rows?: Readonly<Record<string, number>> }
}

/** Books of a test's own: nobody else's records are on these topics, since what is proved is all of them. */
export interface OwnBooks {
  readonly platform: PlatformSettings
  readonly database: DatabasePlace
  startAuthoriser(): Promise<void>
  stopAuthoriser(): Promise<void>
  startProjector(): Promise<void>
  close(): Promise<void>
}

/** Starts a stack and a Postgres, and names them in the environment. */
export async function openOwnBooks(report: (line: string) => void): Promise<OwnBooks> {
  const portBase = await freePortBase()
  const [started, database] = await Promise.all([
    startTestStack(report),
    openDatabasePlace(portBase),
  ])
  const { stack } = started
  const home = join(stack.dataDir, 'home')
  const env = { ...platformOf(stack), DATABASE_URL: database.url, CORRENTE_HOME: home }
  Object.assign(process.env, env)
  const platform = platformSettings(process.env)
  const running: { close(): Promise<void> }[] = []
  let authoriser: Awaited<ReturnType<typeof runAuthoriser>> | undefined
  const stopAuthoriser = async () => {
    await authoriser?.drain()
    authoriser = undefined
  }
  return {
    platform,
    database,
    async startAuthoriser() {
      authoriser = await runAuthoriser(platform)
    },
    stopAuthoriser,
    async startProjector() {
      running.push(await startDebitProjector({ ...process.env, PORT: String(portBase + 1) }))
    },
    async close() {
      await Promise.all([stopAuthoriser(), ...running.map((one) => one.close())])
      await Promise.all([database.remove(), started.stop()])
    },
  }
}

/** The command as it is typed; `told` is all that it names as wrong. */
export async function verify(...options: readonly string[]) {
  const { code, out, err } = await runCommand(['debits', 'verify', '--json', ...options])
  if (out === '') return { code, err, found: undefined, told: [] }
  const found = JSON.parse(out) as Found
  const told = found.violations.flatMap(({ kind, first }) => first.map((one) => ({ kind, ...one })))
  return { code, err, found, told }
}

const msMax = 60_000
/** The holds that end soon have ended by then. */
const holdsMs = 2_500

/** Waits until all that was asked for is decided, and the timers of holds have come. */
export async function allDecided({ kafka }: PlatformSettings): Promise<void> {
  const group = await openGroupOffsets(kafka, 'debit-authoriser')
  const offsets = await openOffsetSource(kafka)
  const partitions = (await offsets.partitionsOf(debits.name))!
  const places = partitions.map((partition) => ({ topic: debits.name, partition }))
  const isDecided = async () => {
    const ends = await offsets.ends(places)
    const decided = await group.of(places)
    return (
      decided.length === ends.length &&
      decided.every(({ offset }, at) => offset === ends[at]!.offset)
    )
  }
  await sleep(holdsMs)
  await until('all to be decided', isDecided, { msMax, signal: AbortSignal.timeout(msMax) })
  await Promise.all([group.close(), offsets.close()])
}
