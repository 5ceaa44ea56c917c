import { print, report } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import type { Shown, Stage } from '#apps/corrente/demonstration'
import { tellStory } from '#apps/corrente/told-story'

interface Payment {
  /** Whose payment it is; the fictional body's digital service. */
  readonly service_id: string
  /** Pay as a browser would once the link is there. */
  readonly isPaid: boolean
}

/** Publishes one application, tells its story and how it stands in the end. Throws where the story does not go on. */
export async function showPayment(
  { platform, portBase, signal }: Stage,
  { service_id, isPaid }: Payment,
): Promise<Shown> {
  const coreUrl = addressesOf(portBase).core
  const story = await tellStory({ platform, coreUrl, service_id, isPaid, signal })
  const { payment, application, applicationStatus, close } = story
  print(`payment ${payment.id} is ${payment.status}`)
  if (applicationStatus !== undefined)
    print(`application ${application} is at ${applicationStatus}`)
  report(`again: bin/corrente.cjs payment show ${payment.id}`)
  return { code: 0, close }
}
