import { Gauge, type Registry } from 'prom-client'
import type { LetterLedger } from '#apps/operations/letter-ledger'
import type { Unit } from '#core/processor'

/** Exports `corrente_dead_letters_undecided{unit}`, for an alarm; no number until they are read. */
export function exportUndecided(
  registry: Registry,
  units: readonly Unit[],
  letters: () => LetterLedger | undefined,
): void {
  const gauge = new Gauge({
    name: 'corrente_dead_letters_undecided',
    help: 'Dead letters that nobody has redriven or dropped',
    labelNames: ['unit'],
    registers: [registry],
    collect() {
      const ledger = letters()
      for (const { name: unit } of ledger ? units : []) gauge.set({ unit }, ledger!.countOf(unit))
    },
  })
}
