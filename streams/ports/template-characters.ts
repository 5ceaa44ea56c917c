import type { TemplateRecord } from '#ports/templates'

/** Adds the characters of a record, its rows' too, to those of its batch. */
export function addCharacters(characters: Set<string>, record: TemplateRecord): void {
  for (const value of Object.values(record)) {
    const texts = typeof value === 'string' ? [value] : value.flatMap((row) => Object.values(row))
    for (const text of texts) addAll(characters, text)
  }
}

/** The characters of records, as a batch tells them: once each, sorted. */
export function charactersOf(records: Iterable<TemplateRecord>): string {
  const characters = new Set<string>()
  for (const record of records) addCharacters(characters, record)
  return [...characters].sort().join('')
}

function addAll(characters: Set<string>, text: string): void {
  for (const character of text) characters.add(character)
}
