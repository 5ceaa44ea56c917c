import type { Template } from '#ports/templates'

/**
 * The template of a name and version, such as `receipt@1`: always the same one. Throws RejectedError('no-template')
 * where there is none.
 */
export type TemplateOf = (pin: string, signal: AbortSignal) => Promise<Template>
