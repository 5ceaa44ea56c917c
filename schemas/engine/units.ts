import { table } from '#schemas/topic'

/** Where each unit began to read, so that a lost offset is never taken for a first run. */
export const units = table('corrente.units', 'corrente.engine.UnitStart', {
  key: 'unit',
  partitions: 1,
  hasFewRows: true,
})
