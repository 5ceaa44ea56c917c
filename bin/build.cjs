'use strict'

// Compiles the TypeScript of the checkout into its folder `dist`, file by file and only what has changed: what runs is
// JavaScript, because a compiler in each process costs 35 MB and most of a second at each start. Types are checked by
// `npm run types`, not here. What is no TypeScript is linked, so that it is found beside the code that reads it.
const fs = require('fs')
const { dirname, join, relative } = require('path')

const folders = ['schemas', 'streams', 'sandboxes', 'soap', 'connectors', 'apps', 'compose']

/** Every file below a folder, but its tests: paths relative to the root. */
function filesBelow(root, folder) {
  const found = fs.readdirSync(join(root, folder), { withFileTypes: true })
  return found.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(root, path)
    return path.endsWith('.test.ts') ? [] : [path]
  })
}

const isSource = (path) => path.endsWith('.ts')
const builtPath = (path) => (isSource(path) ? path.replace(/\.ts$/, '.js') : path)

/**
 * Written elsewhere and renamed: another process may read it at the same moment. Not beside it, where another build
 * would remove what has no source.
 */
function replace(dist, path, write) {
  const unfinished = join(dist, `.${process.pid}`)
  fs.mkdirSync(dirname(path), { recursive: true })
  fs.rmSync(unfinished, { force: true })
  write(unfinished)
  fs.renameSync(unfinished, path)
}

// A built file has its source's time, so that an older source that comes back is seen, too.
const isBuilt = (source, target) => {
  const built = fs.lstatSync(target, { throwIfNoEntry: false })
  if (!built) return false
  if (!isSource(source)) return built.isSymbolicLink()
  // Fractions of a millisecond are lost when a time is set.
  return Math.abs(built.mtimeMs - fs.statSync(source).mtimeMs) < 2
}

function compile(root, dist, paths) {
  const { buildSync } = require('esbuild')
  const times = new Map(paths.map((path) => [builtPath(path), fs.statSync(join(root, path)).mtime]))
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: paths,
    outbase: root,
    outdir: dist,
    bundle: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    write: false,
    logLevel: 'silent',
  })
  // The map first: a file counts as built once it has its source's time.
  for (const { path, contents } of outputFiles.sort((a, b) => (a.path < b.path ? 1 : -1))) {
    const time = times.get(relative(dist, path))
    replace(dist, path, (unfinished) => {
      fs.writeFileSync(unfinished, contents)
      if (time) fs.utimesSync(unfinished, time, time)
    })
  }
}

/** Its own `imports` make `#core/unit` a file of `dist`. */
function writeManifest(root, dist) {
  const { name, version, type, imports } = JSON.parse(
    fs.readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const built = Object.entries(imports).map(([alias, path]) => [alias, builtPath(path)])
  const text = JSON.stringify({ name, version, type, imports: Object.fromEntries(built) })
  const path = join(dist, 'package.json')
  if (fs.existsSync(path) && fs.readFileSync(path, 'utf8') === text) return
  replace(dist, path, (unfinished) => fs.writeFileSync(unfinished, text))
}

function removeOrphans(root, dist, paths) {
  const kept = new Set(paths.flatMap((path) => [builtPath(path), `${builtPath(path)}.map`]))
  const present = folders.filter((folder) => fs.existsSync(join(dist, folder)))
  for (const path of present.flatMap((folder) => filesBelow(dist, folder))) {
    if (!kept.has(path)) fs.rmSync(join(dist, path), { force: true })
  }
}

/**
 * Brings `dist` up to date and returns its path; `more` are folders besides those of the product. Throws a sentence
 * where a file is no TypeScript, or `dist` cannot be written.
 */
function build(root, more = []) {
  const dist = join(root, 'dist')
  const own = folders.flatMap((folder) => filesBelow(root, folder))
  const paths = [...own, ...more.flatMap((folder) => filesBelow(root, folder))]
  const changed = paths.filter((path) => !isBuilt(join(root, path), join(dist, builtPath(path))))
  try {
    writeManifest(root, dist)
    const sources = changed.filter(isSource)
    if (sources.length > 0) compile(root, dist, sources)
    for (const path of changed.filter((changed) => !isSource(changed))) {
      const target = join(dist, path)
      const link = relative(dirname(target), join(root, path))
      replace(dist, target, (unfinished) => fs.symlinkSync(link, unfinished))
    }
    removeOrphans(root, dist, own)
  } catch (error) {
    throw new Error(`cannot build ${dist}: ${error.message}`)
  }
  return dist
}

/** Where what was built lies, brought up to date unless `CORRENTE_BUILD=off` says that it is: in an image nothing is written. */
const built = (root, environment = process.env) =>
  environment.CORRENTE_BUILD === 'off' ? join(root, 'dist') : build(root)

module.exports = { build, built }

if (require.main === module) build(join(__dirname, '..'))
