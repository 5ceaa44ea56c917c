/** What one process exposes: the names it has registered, and the labels of each series it has. */
export interface Exposition {
  readonly names: ReadonlySet<string>
  readonly samples: ReadonlyMap<string, readonly (readonly string[])[]>
}

const sampleShape = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? \S+$/i
const labelShape = /(\w+)="(?:[^"\\]|\\.)*"/g

/** Reads the text form of Prometheus; throws at a line that is none of it. */
export function readExposition(text: string): Exposition {
  const names = new Set<string>()
  const samples = new Map<string, (readonly string[])[]>()
  for (const line of text.split('\n')) {
    const [, declared] = /^# TYPE (\S+) /.exec(line) ?? []
    if (declared !== undefined) names.add(declared)
    if (line === '' || line.startsWith('#')) continue
    const [, name, labels = ''] = sampleShape.exec(line) ?? []
    if (name === undefined) throw new Error(`no sample: ${line}`)
    const given = [...labels.matchAll(labelShape)].map(([, label]) => label!)
    samples.set(name, [...(samples.get(name) ?? []), given])
  }
  return { names, samples }
}
