import { expect, it } from 'vitest'
import { downloadExport } from '#apps/corrente/exports/download-export'
import { exampleRequestId } from '#apps/corrente/exports/example-export'
import { AwayError, RefusedError } from '#apps/corrente/exports/exports-client'

const downloadOf = (answers: readonly Error[]) => {
  let shows = 0
  const show = () => Promise.reject(answers[Math.min(shows++, answers.length - 1)]!)
  const client = { show, link: async () => 'http://127.0.0.1:1/' }
  const options = { out: 'never-there.zip', isForced: false, onProgress: () => undefined }
  const ended = downloadExport({ client, id: exampleRequestId, pauseMs: 1, ...options })
  return { ended, shows: () => shows }
}
const busy = new RefusedError(503, 'the tables cannot be read now')

it('a download asks again what was made, where the API cannot say so now', async () => {
  const gone = new RefusedError(404, 'there is no such request')
  const { ended, shows } = downloadOf([busy, new AwayError('it cannot be asked'), gone])
  await expect(ended).rejects.toBe(gone)
  expect(shows()).toBe(3)
})

it('a download that hears nothing else for long says so', async () => {
  const { ended, shows } = downloadOf([busy])
  await expect(ended).rejects.toBe(busy)
  expect(shows()).toBe(5)
})
