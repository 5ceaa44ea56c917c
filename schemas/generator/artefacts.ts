import { type RecordSchema, fullNameOf } from '#schemas/avro'
import { type SourceFile, problemsOf } from '#schemas/generator/checks'
import { compose, definitionsOf } from '#schemas/generator/compose'
import { toTypescript } from '#schemas/generator/to-typescript'

/**
 * What is made of the sources: the composed schemas by full name, and the two TypeScript files,
 * unformatted.
 */
export interface Artefacts {
  readonly schemas: ReadonlyMap<string, RecordSchema>
  readonly files: Readonly<Record<'types.ts' | 'schemas.ts', string>>
}

/** Pure. Throws with the list of problems where a source breaks a rule. */
export function artefactsOf(files: readonly SourceFile[]): Artefacts {
  const problems = problemsOf(files)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const sources = files.map((file) => file.schema)
  const definitions = definitionsOf(sources)
  const schemas = new Map(
    sources.map((source) => [fullNameOf(source, ''), compose(source, definitions)] as const),
  )
  return {
    schemas,
    files: { 'types.ts': toTypescript(sources, definitions), 'schemas.ts': constants(schemas) },
  }
}

const constants = (schemas: ReadonlyMap<string, RecordSchema>) =>
  [
    '// Written by schemas/generate.ts from the .avsc files; not to be edited.',
    "import type { RecordSchema } from '#schemas/avro'",
    "import type { SchemaName } from '#schemas/generated/types'",
    '',
    '/** Every schema with all it refers to written out, as the registry gets it. */',
    'export const schemas: Readonly<Record<SchemaName, RecordSchema>> = ' +
      JSON.stringify(Object.fromEntries(schemas)),
  ].join('\n')
