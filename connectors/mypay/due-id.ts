import { iuvOf } from '#schemas/values/notice-code'

// MyPay refuses an iud that begins so: one random iud in 4096.
const refusedStart = '000'
const mark = 'P'

/** The iud as MyPay takes it. */
export const toDueId = (iud: string): string => (iud.startsWith(refusedStart) ? mark + iud : iud)

/** Whether MyPay tells of the due that it is asked for by this iud, ours or its own. */
export const isDueOf = (iud: string, dueId: string): boolean =>
  dueId.trim() === toDueId(iud) || iudOf(dueId) === iud

/** Our iud of one that MyPay tells; undefined where it is none of ours. */
export const iudOf = (dueId: string): string | undefined =>
  new RegExp(`^${mark}?([0-9a-f]{32})$`, 'i').exec(dueId.trim())?.[1]?.toLowerCase()

/** The iud of a due that MyPay tells, whoever put it in; undefined where it could not be asked for by any. */
export const keyTold = (told: string): string | undefined => {
  const dueId = told.trim()
  const iud = [iudOf(dueId), dueId].find((key) => key !== undefined && toDueId(key) === dueId)
  return iud !== undefined && /^[!-~]{1,35}$/.test(iud) ? iud : undefined
}

/** The number within a notice code, which is the iud where nobody told another; undefined where it is none. */
export const iuvIn = (iud: string): string | undefined =>
  /^[0-3]\d{17}$/.test(iud) ? iuvOf(iud) : undefined
