import { isActive, isDone } from '#apps/corrente/conformance/stages/api-answers'
import type { TrialDesk } from '#apps/corrente/conformance/stages/desk'
import { ask } from '#apps/corrente/conformance/web'

/** Makes inactive what the run configured, also where it was given up, and notes what it leaves. Never throws. */
export async function unconfigure({ plan, notebook }: Omit<TrialDesk, 'signal'>): Promise<void> {
  const signal = AbortSignal.timeout(plan.patienceMs)
  const nothing = () => undefined
  // Services sort before their bodies: cut off in between, none is left active without its body.
  for (const path of [...notebook.configured].sort()) {
    const url = `${plan.proxy}/${path}`
    const read = await ask({ url }, signal).catch(nothing)
    if (!read || !isActive(read)) continue
    const asking = { method: 'DELETE', url, token: plan.token } as const
    const answer = await ask(asking, signal).catch(nothing)
    const state = answer && isDone(answer) ? 'inactive' : 'ACTIVE'
    notebook.leftBehind.push(`the ${state} configuration ${path}`)
  }
}
