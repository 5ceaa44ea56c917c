import { Counter, Gauge, type Registry } from 'prom-client'

/** The numbers of the rows that units keep. */
export function stateMetrics(registers: Registry[]) {
  const labelNames = ['unit'] as const
  return {
    restoreRecords: new Counter({
      name: 'corrente_restore_records_total',
      help: 'Records read from changelogs to bring the rows of a unit up to date',
      labelNames,
      registers,
    }),
    restoreRemaining: new Gauge({
      name: 'corrente_restore_remaining',
      help: 'Offsets that a restore has still to read; 0 where none goes on',
      labelNames,
      registers,
    }),
    stateBytes: new Gauge({
      name: 'corrente_state_bytes',
      help: 'What the rows of a unit take on the disk, free pages included',
      labelNames,
      registers,
    }),
    stateRows: new Gauge({
      name: 'corrente_state_rows',
      help: 'Rows of a unit on the disk, in the partitions this process works on',
      labelNames,
      registers,
    }),
  }
}
