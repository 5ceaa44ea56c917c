import { parentPort } from 'node:worker_threads'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import type { AskedDrawing, Drawing } from '#apps/platform/thread-renderer'
import { RejectedError } from '#core/errors'

const renderer = pdfmakeRenderer()

async function draw({ id, document }: AskedDrawing): Promise<Drawing> {
  try {
    return { id, bytes: new Uint8Array(await renderer.render(document)) }
  } catch (error) {
    const code = error instanceof RejectedError ? error.code : undefined
    return { id, code, message: (error as Error).message }
  }
}

parentPort?.on('message', async (asked: AskedDrawing) => {
  const drawing = await draw(asked)
  parentPort?.postMessage(drawing, 'bytes' in drawing ? [drawing.bytes.buffer] : [])
})
