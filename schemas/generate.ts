import { mkdir, writeFile } from 'node:fs/promises'
import type { RecordSchema } from '#schemas/avro'
import { compareFiles, readArtefacts } from '#schemas/generated-files'
import { nextVersion } from '#schemas/generator/releases'
import { releasePath, releasedUnder } from '#schemas/released'
import type { AnyTopic } from '#schemas/topic'

/*
 * Writes `generated/` from the .avsc files. `--check` writes nothing and fails with the files that
 * differ. `--release` also adds a version under `released/` for each topic whose schema changed, if
 * it stays compatible.
 */
const artefacts = await readArtefacts()
const stale = (await compareFiles(artefacts)).filter(({ wanted, found }) => wanted !== found)

if (process.argv.includes('--check')) {
  for (const { name } of stale)
    console.error(`schemas/${name} differs: run npx tsx schemas/generate.ts`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const { url, name, wanted } of stale) {
    await mkdir(new URL('.', url), { recursive: true })
    await writeFile(url, wanted)
    console.log(`wrote schemas/${name}`)
  }
}
if (process.argv.includes('--release')) await release()

async function release(): Promise<void> {
  const declared = Object.values(await import('#schemas/topics')) as readonly AnyTopic[]
  const { releasedForUnits } = await import('#schemas/engine/unit-topics')
  const topics = [...declared, ...releasedForUnits]
  for (const topic of topics) {
    const schema = artefacts.schemas.get(topic.schema) as RecordSchema
    const version = nextVersion(topic.name, schema, releasedUnder(topic.name))
    if (version === undefined) continue
    const url = releasePath(topic.name, version)
    await mkdir(new URL('.', url), { recursive: true })
    await writeFile(url, `${JSON.stringify(schema, null, 2)}\n`)
    console.log(`released ${topic.name} ${version}`)
  }
}
