// MyPay refuses an iud that begins so: one random iud in 4096.
const refusedStart = '000'
const mark = 'P'

/** The iud as MyPay takes it. */
export const toDueId = (iud: string): string => (iud.startsWith(refusedStart) ? mark + iud : iud)

/** Our iud of one that MyPay tells; undefined where it is none of ours. */
export const iudOf = (dueId: string): string | undefined =>
  new RegExp(`^${mark}?([0-9a-f]{32})$`, 'i').exec(dueId.trim())?.[1]?.toLowerCase()
