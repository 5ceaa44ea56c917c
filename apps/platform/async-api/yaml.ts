/** Longest value that stands on one line, characters. */
const lineCharactersMax = 110

/** Text that YAML takes for nothing but itself. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z_][\w ./()-]*$/.test(text) && !/ $|^(true|false|null|yes|no|on|off|y|n)$/i.test(text)

const keyOf = (name: string): string => (isPlain(name) ? name : JSON.stringify(name))

/** A value of JSON as YAML: small ones on a line, as JSON has them, which is YAML; others a member or an item a line. */
export const toYaml = (value: unknown): string => `${block(value, '').trimStart()}\n`

function block(value: unknown, indent: string): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = JSON.stringify(value)
  if (indent !== '' && indent.length + line.length <= lineCharactersMax) return line
  if (Array.isArray(value)) {
    const items = value.map((item) => `${indent}- ${block(item, `${indent}  `).trimStart()}`)
    return items.length === 0 ? '[]' : `\n${items.join('\n')}`
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => {
      const inside = block(member, `${indent}  `)
      return `${indent}${keyOf(name)}:${inside.startsWith('\n') ? '' : ' '}${inside}`
    })
  return members.length === 0 ? '{}' : `\n${members.join('\n')}`
}
