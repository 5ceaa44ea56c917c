import { demoMovements } from '#apps/corrente/demo-export/movements'
import type { ExportCurrent } from '#schemas/generated/types'

/** Movements that the template `receipt@1` prints; the same for the same seed. */
export async function demoCsv(receipts: number, seed = 1): Promise<Buffer> {
  const parts = []
  for await (const part of demoMovements({ batch: 'lote', receipts, seed })) parts.push(part)
  return Buffer.concat(parts)
}

const ends: readonly ExportCurrent['state'][] = [
  'READY',
  'READY_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
]
/** Whether an export will not change by itself any more, but for its time. */
export const isOver = ({ state }: ExportCurrent): boolean => ends.includes(state)
