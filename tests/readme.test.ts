import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { declaredUnits } from '#apps/platform/declared-units'
import { topologyDiagram } from '#apps/platform/topology-diagram'

const readme = readFileSync('README.md', 'utf8')
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}

describe('README', () => {
  it('shows the topology as it is', () => {
    expect(readme).toContain(`\`\`\`mermaid\n${topologyDiagram(declaredUnits)}\n\`\`\``)
  })

  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name!)
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(Object.keys(manifest.scripts)).toContain(name)
  })

  it('names only files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!)
    expect(links.length).toBeGreaterThan(0)
    for (const path of links) expect(() => readFileSync(path), path).not.toThrow(/ENOENT/)
  })
})
