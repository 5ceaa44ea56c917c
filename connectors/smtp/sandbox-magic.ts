/** What the sandbox makes of a mail. `lost`: it is taken, and the connection drops before the word of it. */
export type Scene = 'taken' | 'later' | 'refused' | 'lost' | 'hanging'

/** What an address plays, by how it begins. */
export const magicAddresses: Readonly<Record<Exclude<Scene, 'taken'>, string>> = {
  later: 'the first try is answered 451, the second is taken',
  refused: 'answered 550',
  lost: 'taken, and the connection drops before the answer; the second try is answered',
  hanging: 'never answered',
}

/** The scene of an address, such as `later` of `later-ada@body.example`. */
export const sceneOf = (address: string): Scene => {
  const [, word = ''] = /^([a-z]+)[.@-]/.exec(address) ?? []
  return Object.hasOwn(magicAddresses, word) ? (word as Scene) : 'taken'
}
