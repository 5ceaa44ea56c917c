import type { Admin } from 'kafkajs'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import type { Unit } from '#core/processor'
import type { TopicPartition } from '#core/records'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** How far a unit has come in one partition of what it reads. Offsets; transaction markers take some. */
export interface PartitionLag extends TopicPartition {
  /** Undefined where the unit has committed nothing. */
  readonly committed: number | undefined
  readonly beginning: number
  /** Behind the last record written. */
  readonly end: number
  readonly lag: number
}

/** How far a unit has come. */
export interface UnitLag {
  readonly unit: string
  /** Processes of the unit's group, whoever runs them. */
  readonly members: number
  /** Its input first, then what was sent back to it. */
  readonly partitions: readonly PartitionLag[]
  readonly lag: number
}

type GroupAdmin = Pick<Admin, 'fetchOffsets' | 'describeGroups'>

/** How far each unit has come, as the whole group: asked of Kafka, whether a process runs it or not. */
export async function unitLags(
  log: Pick<LogAccess, 'offsets'>,
  admin: GroupAdmin,
  units: readonly Unit[],
): Promise<readonly UnitLag[]> {
  const read = await Promise.all(
    units.map(async (unit) => {
      const topics = [unit.input.name, redriveTopic(unit.name)]
      return (await Promise.all(topics.map((topic) => partitionsIn(log, topic)))).flat()
    }),
  )
  // Committed before the ends are asked for: a unit is never ahead of the log.
  const committed = await Promise.all(
    units.map((unit, at) => offsetsOf(admin, unit.name, read[at]!)),
  )
  const all = read.flat()
  const beginnings = offsetsByPlace(await log.offsets.beginnings(all))
  const ends = offsetsByPlace(await log.offsets.ends(all))
  const members = await membersOf(admin, units)
  return units.map((unit, at): UnitLag => {
    const partitions = read[at]!.map((place): PartitionLag => {
      const name = nameOf(place)
      const [beginning, end] = [beginnings.get(name) ?? 0, ends.get(name) ?? 0]
      const known = committed[at]!.get(name)
      return {
        ...place,
        committed: known,
        beginning,
        end,
        lag: Math.max(0, end - (known ?? beginning)),
      }
    })
    const lag = partitions.reduce((sum, partition) => sum + partition.lag, 0)
    return { unit: unit.name, members: members.get(unit.name) ?? 0, partitions, lag }
  })
}

/** Whether the position lies outside the log: what stood there was deleted unread, or the topic was made anew. */
export const isOutside = ({ committed, beginning, end }: PartitionLag): boolean =>
  committed !== undefined && (committed < beginning || committed > end)

/** Whether there is something to read and nothing says from where. */
export const isLost = ({ committed, lag }: PartitionLag): boolean =>
  committed === undefined && lag > 0

const nameOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`

const offsetsByPlace = (
  positions: readonly (TopicPartition & { readonly offset: number })[],
): ReadonlyMap<string, number> =>
  new Map(positions.map((position) => [nameOf(position), position.offset]))

async function offsetsOf(
  admin: GroupAdmin,
  groupId: string,
  places: readonly TopicPartition[],
): Promise<ReadonlyMap<string, number>> {
  const topics = [...new Set(places.map(({ topic }) => topic))]
  if (topics.length === 0) return new Map()
  const found = await admin.fetchOffsets({ groupId, topics })
  return new Map(
    found.flatMap(({ topic, partitions }) =>
      partitions
        .map(({ partition, offset }) => [nameOf({ topic, partition }), Number(offset)] as const)
        .filter(([, offset]) => offset >= 0),
    ),
  )
}

async function membersOf(
  admin: GroupAdmin,
  units: readonly Unit[],
): Promise<ReadonlyMap<string, number>> {
  const { groups } = await admin.describeGroups(units.map(({ name }) => name))
  return new Map(groups.map(({ groupId, members }) => [groupId, members.length]))
}
