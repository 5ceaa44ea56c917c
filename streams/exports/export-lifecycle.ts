import type { ExportCurrent } from '#schemas/generated/types'

export type ExportState = ExportCurrent['state']

/**
 * What may follow each state of an export. PENDING is a request that nobody has decided yet; what was deleted after
 * its time has no state, for nothing of it is kept.
 */
export const steps: Readonly<Record<ExportState, readonly ExportState[]>> = {
  PENDING: ['EXTRACTING'],
  EXTRACTING: ['SPLITTING', 'READY', 'FAILED', 'CANCELLING'],
  SPLITTING: ['RENDERING', 'COLLECTING', 'FAILED', 'CANCELLING'],
  RENDERING: ['COLLECTING', 'FAILED', 'CANCELLING'],
  COLLECTING: ['READY', 'READY_WITH_ERRORS', 'FAILED', 'CANCELLING'],
  READY: ['EXPIRED', 'CANCELLING'],
  READY_WITH_ERRORS: ['EXPIRED', 'CANCELLING'],
  EXPIRED: [],
  FAILED: [],
  CANCELLING: ['CANCELLED'],
  CANCELLED: [],
}

export const isLegalStep = (from: ExportState, next: ExportState): boolean =>
  steps[from].includes(next)

/** Whether something is still being made. */
export const isUnderWay = (state: ExportState): boolean => isLegalStep(state, 'FAILED')

export const isReady = (state: ExportState): state is 'READY' | 'READY_WITH_ERRORS' =>
  isLegalStep(state, 'EXPIRED')
