import { readFile, readdir } from 'node:fs/promises'
import { format } from 'prettier'
import type { RecordSchema } from '#schemas/avro'
import { type Artefacts, artefactsOf } from '#schemas/generator/artefacts'

const folder = new URL('./', import.meta.url)
const style = {
  parser: 'typescript',
  semi: false,
  singleQuote: true,
  printWidth: 100,
  trailingComma: 'all',
} as const

/** A generated file: where it is, what it should hold, what it holds. */
export interface GeneratedFile {
  readonly url: URL
  readonly name: string
  readonly wanted: string
  readonly found: string | undefined
}

/** Reads every .avsc file beside the nouns; released versions are not sources. */
export async function readArtefacts(): Promise<Artefacts> {
  const paths = (await readdir(folder, { recursive: true }))
    .filter((path) => path.endsWith('.avsc') && !path.startsWith('released'))
    .sort()
  const files = paths.map(async (path) => ({
    path,
    schema: JSON.parse(await readFile(new URL(path, folder), 'utf8')) as RecordSchema,
  }))
  return artefactsOf(await Promise.all(files))
}

/** The generated files as they should be beside as they are. */
export const compareFiles = ({ files }: Artefacts): Promise<GeneratedFile[]> =>
  Promise.all(
    Object.entries(files).map(async ([file, text]) => {
      const name = `generated/${file}`
      const url = new URL(name, folder)
      const found = await readFile(url, 'utf8').catch(() => undefined)
      return { url, name, wanted: await format(text, style), found }
    }),
  )
