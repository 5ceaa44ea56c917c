import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import { type ThreadRenderer, threadRenderer } from '#apps/platform/thread-renderer'
import { builtProgram } from '#tests/built'
import { documentOf, everyBlock, paragraph, qrBlock } from '#tests/contract/rendering/documents'
import { readPdf } from '#tests/contract/rendering/read-pdf'

const programOf = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const silent = programOf('setInterval(() => undefined, 1000)')

/** Draws two bytes: which thread it is, and how many more of its kind there are. */
const telling = programOf(`
  import { parentPort, threadId } from 'node:worker_threads'
  const channel = new BroadcastChannel('threads')
  let others = 0
  channel.onmessage = ({ data }) => {
    if (data === 'here') others += 1
    else channel.postMessage('here')
  }
  parentPort.on('message', ({ id }) => {
    others = 0
    channel.postMessage('who is here?')
    const tell = () => parentPort.postMessage({ id, bytes: Uint8Array.of(threadId, others) })
    setTimeout(tell, 200)
  })
`)

const reasonOf = (drawing: Promise<unknown>): Promise<Error | undefined> =>
  drawing.then(
    () => undefined,
    (error: unknown) => error as Error,
  )

const opened: ThreadRenderer[] = []
const kept = (renderer: ThreadRenderer): ThreadRenderer => {
  opened.push(renderer)
  return renderer
}
const closeAll = async () => void (await Promise.all(opened.splice(0).map((one) => one.close())))

/** As it runs: built, and with the thread's program beside it. */
let withPdfmake: () => ThreadRenderer
beforeAll(async () => {
  const { href } = pathToFileURL(builtProgram(new URL('./thread-renderer.ts', import.meta.url)))
  const built = (await import(href)) as { readonly threadRenderer: typeof threadRenderer }
  withPdfmake = () => kept(built.threadRenderer({ drawMsMax: 60_000 }))
})

describe('a renderer in a thread', { timeout: 60_000 }, () => {
  afterEach(closeAll)

  it('draws and refuses what it would without', async () => {
    const renderer = withPdfmake()
    const document = documentOf(everyBlock)
    const drawn = await renderer.render(document)
    expect(Buffer.compare(drawn, await pdfmakeRenderer().render(document))).toBe(0)
    for (const [block, code] of [
      [paragraph('漢'), 'no-sign'],
      [{ ...qrBlock, text: '' }, 'no-qr'],
    ] as const) {
      const reason = await reasonOf(renderer.render(documentOf([block])))
      expect(reason).toMatchObject({ name: 'RejectedError', code })
    }
  })

  it('leaves the process free while it draws', async () => {
    const renderer = withPdfmake()
    await renderer.render(documentOf([paragraph('a')]))
    let turns = 0
    const turn = () => {
      turns += 1
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    await renderer.render(documentOf(Array.from({ length: 20 }, () => everyBlock).flat()))
    clearImmediate(next)
    expect(turns).toBeGreaterThan(200)
  })

  it('draws again after a thread that ended', async () => {
    const renderer = withPdfmake()
    await renderer.render(documentOf([paragraph('a')]))
    await renderer.close()
    expect(readPdf(await renderer.render(documentOf([paragraph('b')]))).text).toBe('b')
  })

  it('has one thread while there is something to draw, and none after it', async () => {
    const renderer = kept(threadRenderer({ entry: telling, idleMsMax: 500 }))
    const tell = async () => [...(await renderer.render(documentOf([])))]
    const [first] = await tell()
    expect(await tell()).toEqual([first, 0])
    await sleep(1_000)
    const [next, others] = await tell()
    expect(next).not.toBe(first)
    expect(others).toBe(0)
  })

  it('says so to all who wait where it takes too long, or is closed', async () => {
    const slow = kept(threadRenderer({ entry: silent, drawMsMax: 200 }))
    const waiting = [1, 2].map(() => reasonOf(slow.render(documentOf([]))))
    for (const reason of await Promise.all(waiting)) {
      expect(reason).toMatchObject({
        name: 'TransientError',
        message: 'the thread that draws ended: it took too long',
      })
    }
    const closed = kept(threadRenderer({ entry: silent }))
    const reason = reasonOf(closed.render(documentOf([])))
    await closed.close()
    expect((await reason)?.message).toBe('the thread that draws ended: it was closed')
  })

  it('says so where the thread cannot even start', async () => {
    const broken = programOf('throw new Error("no fonts")')
    const renderer = kept(threadRenderer({ entry: broken }))
    for (const _ of [1, 2]) {
      await expect(renderer.render(documentOf([]))).rejects.toThrow('no fonts')
    }
  })

  it('takes no more memory than it may, and not the process with it', async () => {
    const greedy = programOf('const kept = []; for (;;) kept.push(new Array(1e5).fill(kept))')
    const renderer = kept(threadRenderer({ entry: greedy, heapMbMax: 16 }))
    const reason = await reasonOf(renderer.render(documentOf([])))
    expect(reason).toMatchObject({ name: 'TransientError' })
    expect(reason?.message).toContain('memory limit')
  })

  it('takes no more documents than it can draw soon', async () => {
    const renderer = kept(threadRenderer({ entry: silent, waitingMax: 2 }))
    const waiting = [1, 2].map(() => reasonOf(renderer.render(documentOf([]))))
    const refused = reasonOf(renderer.render(documentOf([])))
    expect((await refused)?.message).toBe('too many documents wait to be drawn')
    await renderer.close()
    expect(await Promise.all(waiting)).toEqual([expect.any(Error), expect.any(Error)])
  })
})
