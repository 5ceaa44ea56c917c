import { examined, type Finding } from '#apps/corrente/doctor/finding'

/** Something to look at, under the name of its area. */
export type Check = readonly [area: string, check: () => Promise<readonly Finding[]>]

/** What they find, looked at side by side. */
export async function all(checks: readonly Check[]): Promise<readonly Finding[]> {
  const found = await Promise.all(checks.map(([area, check]) => examined(area, check)))
  return found.flat()
}
