import { filesStore } from '#connectors/object-store-files/index'

// Puts and composes the same two objects again and again in the folder it is given, until it is killed.
const store = filesStore({ folder: process.argv[2]! })

async function* body(length: number, letter: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += 50_000) yield Buffer.alloc(50_000, letter)
}

for (let round = 0; ; round += 1) {
  await store.put('1/a', body(200_000 + (round % 7) * 300_000, 65 + (round % 26)))
  await store.compose('1/b', [{ key: '1/a' }, Buffer.from('|'), { key: '1/a' }])
  process.stdout.write(`${round}\n`)
}
