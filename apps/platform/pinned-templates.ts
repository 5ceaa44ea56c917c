import { pinIn, pinText, templateKey } from '#apps/platform/template-pin'
import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { RejectedError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'
import type { TemplateOf } from '#ports/pinned-templates'
import type { Template } from '#ports/templates'
import { bytesOf } from '#streams/exports/bytes-of'

/**
 * Templates of the object store, beside those that come with the platform, which nobody replaces. One that was found is
 * kept: a version never changes. Throws RejectedError: 'no-template', 'bad-template'.
 */
export function pinnedTemplates(objects: Pick<ObjectStore, 'get'>): TemplateOf {
  const known = new Map(shippedTemplates().map((one) => [pinText(one), one]))
  return async (pin) => {
    const found = known.get(pin) ?? (await stored(objects, pin))
    known.set(pin, found)
    return found
  }
}

async function stored(objects: Pick<ObjectStore, 'get'>, pin: string): Promise<Template> {
  const named = pinIn(pin)
  const object = named && (await objects.get(templateKey(named)))
  if (object === undefined) throw new RejectedError('no-template', `there is no template ${pin}`)
  const template = pdfTemplates.check(jsonIn(await bytesOf(object.body), pin))
  if (pinText(template) === pin) return template
  throw new RejectedError('bad-template', `what is stored as ${pin} is another template`)
}

function jsonIn(bytes: Buffer, pin: string): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw new RejectedError('bad-template', `the template ${pin} is no JSON`)
  }
}
