import { changelog } from '#schemas/topic'

/** Records a task could not finish yet, in the order they will be tried. */
export const parkedTopic = (unit: string) =>
  changelog(`${unit}.parked`, 'corrente.engine.ParkedRecord', { key: 'place' })

/** Records a unit wants to read later, in the order they are due. */
export const timersTopic = (unit: string) =>
  changelog(`${unit}.timers`, 'corrente.engine.Timer', { key: 'place' })

/** The one name under which the schema of a topic that every unit has is released; other topics have their own. */
export const releaseNameOf = (topic: string): string =>
  topic.replace(/^.*\.(parked|timers)$/, 'corrente.$1')

/** Topics that stand for those of all units where schemas are released. */
export const releasedForUnits = [parkedTopic('corrente'), timersTopic('corrente')]

/** A unit's second input: dead letters sent back to it, original bytes and headers. */
export const redriveTopic = (unit: string): string => `${unit}.redrive`
