import { events } from '#schemas/topic'

/** What operators did, from whichever command or page: one event for each transaction of theirs, kept for ever. */
export const operations = events('corrente.operations', 'corrente.engine.Operation', {
  key: 'operation_id',
  partitions: 1,
})
