import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

const schema = JSON.parse(
  readFileSync(new URL('./compose-spec/compose-spec.json', import.meta.url), 'utf8'),
) as object

// Formats of the specification's own (`duration`, `ports`) are checked by the types beside them; `strict` is about how a
// schema is written, and this one is not ours.
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(
  schema,
)

interface Unknown {
  readonly additionalProperty?: string
  readonly unevaluatedProperty?: string
}

/** What of a compose file is outside the compose specification, a sentence each. */
export function schemaProblems(document: unknown): readonly string[] {
  if (validate(document)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const { additionalProperty: added, unevaluatedProperty: unknown = added } = params as Unknown
    const what = unknown === undefined ? '' : ` (${unknown})`
    return `${instancePath || '/'} ${message}${what}`
  })
}
