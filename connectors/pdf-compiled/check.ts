import { TemplateForm } from '#connectors/pdf-compiled/template-form'
import { problemsOf } from '#connectors/pdf-compiled/template-rules'
import { RejectedError } from '#core/errors'
import type { Template } from '#ports/templates'

/** The template itself, as it was given; throws RejectedError('bad-template') saying all that is wrong with it. */
export function checked(given: unknown): Template {
  const { data, error } = TemplateForm.safeParse(given)
  const problems = error
    ? error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)
    : problemsOf(data)
  if (data && problems.length === 0) return data
  throw new RejectedError('bad-template', problems.join('\n'))
}
