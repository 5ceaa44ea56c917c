import { events } from '#schemas/topic'

/** What operators decided on dead letters: one event for each redrive and each drop, kept for ever. */
export const redrives = events('corrente.redrives', 'corrente.engine.Redrive', {
  key: 'unit',
  partitions: 1,
})
