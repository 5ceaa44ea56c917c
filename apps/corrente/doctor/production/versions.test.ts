import { expect, it } from 'vitest'
import { versionFindings } from '#apps/corrente/doctor/production/versions'

const process = (app: string, version: string | undefined) => ({
  app,
  url: `http://${app}`,
  version,
})
const told = (...processes: ReturnType<typeof process>[]) =>
  versionFindings(processes, '1.2.0').map(({ level, sentence }) => `${level}: ${sentence}`)

it('is well where all are the same, and says nothing of those that do not answer', () => {
  expect(told(process('worker', '1.2.0'), process('ingest', '1.2.0'))).toEqual([
    'ok: all 2 processes are version 1.2.0',
  ])
  expect(told(process('worker', undefined))).toEqual([])
})

it('is a warning for each that is another', () => {
  expect(told(process('worker', '1.1.0'), process('ingest', '1.2.0'))).toEqual([
    expect.stringMatching(
      /^warning: worker at http:\/\/worker is version 1\.1\.0, this command 1\.2\.0/,
    ),
  ])
})
