import { changelog } from '#schemas/topic'

/** Records a task could not finish yet, in the order they will be tried. */
export const parkedTopic = (unit: string) =>
  changelog(`${unit}.parked`, 'corrente.engine.ParkedRecord', { key: 'place' })

/** Records a unit wants to read later, in the order they are due. */
export const timersTopic = (unit: string) =>
  changelog(`${unit}.timers`, 'corrente.engine.Timer', { key: 'place' })

/** A unit's second input: dead letters sent back to it, original bytes and headers. */
export const redriveTopic = (unit: string): string => `${unit}.redrive`
