// node tests/fixes/run.mjs DEPOTC [--mutations N] [--seed N] [PATTERN]
//
// The laws of `check --fix`, on every golden, every first program of the pages of diagnostics, and
// programs with mistakes made by chance:
//
// * it ends, and a second run changes nothing: what is left has no fix that is safe
// * what has a safe fix is gone afterwards
// * no mistake of syntax comes, and no error but those that stood behind a mistake that was mended
// * the diff of a dry run is what a real run does, for `patch`
// * line ends, a byte order mark and a missing line end at the end stay
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { mutate, random } from './mutate.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const options = { mutations: 200, seed: 1, pattern: '', depotc: '' }
for (let i = 2; i < process.argv.length; i++) {
  const argument = process.argv[i]
  if (argument === '--mutations' || argument === '--seed') options[argument.slice(2)] = Number(process.argv[++i])
  else if (!options.depotc) options.depotc = path.resolve(argument)
  else options.pattern = argument
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'depotc-fixes-'))
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }))

let passed = 0
const failures = []

/** Files of a folder, by their path. */
function snapshot(folder) {
  const files = new Map()
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name)
      files.set(path.relative(folder, file), fs.readFileSync(file, 'latin1'))
    }
  }
  return files
}

function same(left, right) {
  return left.size === right.size && [...left].every(([name, text]) => right.get(name) === text)
}

function run(folder, ...argv) {
  const result = spawnSync(options.depotc, argv, { cwd: folder, timeout: 20000, maxBuffer: 1 << 28, encoding: 'latin1' })
  if (result.error || result.status === null || result.status === 70) {
    throw new Error(`depotc ${argv.join(' ')}: ${result.error ?? `exit ${result.status} ${result.signal}`}\n${result.stderr}`)
  }
  return result
}

function report(folder, files) {
  const result = run(folder, 'check', '--diagnostics', 'json', ...files)
  return JSON.parse(result.stderr)
}

const isSyntax = (diagnostic) => diagnostic.code >= 'D1001' && diagnostic.code <= 'D1048'
/** What stands behind a kind or type that nobody knows is not looked at. */
const hides = (diagnostic) => isSyntax(diagnostic) || ['D1110', 'D1111'].includes(diagnostic.code)
const errors = (document) => document.diagnostics.filter((one) => one.severity === 'error')

function require(condition, message) {
  if (!condition) throw new Error(message())
}

const listed = (list) => list.map((one) => `  ${one.file}:${one.range.start.line + 1}: ${one.code} ${one.message}`).join('\n')

const isSafe = (diagnostic) => diagnostic.fixes.some((fix) => fix.applicability === 'safe')
const keyOf = (diagnostic) => `${diagnostic.code} ${diagnostic.message}`

/** What is told after fixing though all that was told so before had a safe fix. What a mistake hides may be the same mistake again. */
function unmended(before, after) {
  if (before.diagnostics.some(hides)) return []
  const left = new Set(before.diagnostics.filter((one) => !isSafe(one)).map(keyOf))
  const mended = new Set(before.diagnostics.filter((one) => isSafe(one) && !left.has(keyOf(one))).map(keyOf))
  return after.diagnostics.filter((one) => mended.has(keyOf(one)))
}

/**
 * Holds the laws against the program in `folder`; returns its files afterwards. `known`: errors that it had before
 * somebody made a mistake, which may have hidden them.
 */
function judge(folder, argv, known = new Set()) {
  const copy = path.join(work, 'patched')
  fs.rmSync(copy, { recursive: true, force: true })
  fs.cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  const before = report(folder, argv)
  const original = snapshot(folder)
  const diff = run(folder, 'check', '--fix', '--dry-run', '--diagnostics', 'json', ...argv)
  require(same(original, snapshot(folder)), () => 'a dry run writes')
  if (diff.stdout !== '') {
    const patch = spawnSync('patch', ['-p1', '--binary', '--fuzz=0', '--silent'], { cwd: copy, input: Buffer.from(diff.stdout, 'latin1') })
    require(patch.status === 0, () => `patch refuses the diff:\n${patch.stdout}${patch.stderr}\n${diff.stdout}`)
  }
  run(folder, 'check', '--fix', '--diagnostics', 'json', ...argv)
  const fixed = snapshot(folder)
  require(same(fixed, snapshot(copy)), () => `the diff is not what a real run does:\n${diff.stdout}`)
  const after = report(folder, argv)
  require(after.summary.fixable === 0, () => `something is left to fix:\n${listed(after.diagnostics)}\n${diff.stdout}`)
  const still = unmended(before, after)
  require(still.length === 0, () => `what was mended is told again:\n${listed(still)}\n${diff.stdout}`)
  run(folder, 'check', '--fix', '--diagnostics', 'json', ...argv)
  require(same(fixed, snapshot(folder)), () => `a second run changes something:\n${diff.stdout}`)
  require(after.diagnostics.filter(isSyntax).length <= before.diagnostics.filter(isSyntax).length,
    () => `mistakes of syntax come:\n${listed(after.diagnostics)}\n${diff.stdout}`)
  const come = errors(after).filter((one) => !known.has(`${one.code} ${one.message}`))
  require(before.diagnostics.some(hides) || come.length <= errors(before).length,
    () => `errors come; before:\n${listed(errors(before))}\nafter:\n${listed(errors(after))}\n${diff.stdout}`)
  return { fixed, before, after, diff: diff.stdout }
}

function attempt(name, action) {
  if (!name.includes(options.pattern)) return undefined
  try {
    const result = action()
    passed++
    return result
  } catch (error) {
    failures.push(name)
    console.log(`FAILED ${name}: ${error.message.slice(0, 3000)}`)
    return undefined
  }
}

let count = 0
/** A folder with `files` (a Map), fresh. */
function folderOf(files) {
  const folder = path.join(work, `case${count++}`)
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text, 'latin1')
  }
  return folder
}

const isSource = (name) => /\.(depot|ya?ml)$/.test(name) || name.endsWith('depot.project')

/** The same bytes otherwise. */
const VARIANTS = {
  'CR LF': (text) => text.replace(/\r?\n/g, '\r\n'),
  'byte order mark': (text) => (text.startsWith('\xef\xbb\xbf') ? text : `\xef\xbb\xbf${text}`),
  'no final newline': (text) => text.replace(/[\r\n]+$/, ''),
}

function judgeVariants(name, files, argv, fixed) {
  for (const [variant, make] of Object.entries(VARIANTS)) {
    attempt(`${name} (${variant})`, () => {
      const changed = new Map([...files].map(([file, text]) => [file, file.endsWith('.depot') ? make(text) : text]))
      const folder = folderOf(changed)
      const result = judge(folder, argv)
      for (const [file, text] of result.fixed) {
        if (file.endsWith('.depot')) {
          require(text === make(fixed.get(file)), () => `${file} is another with ${variant}:\n${result.diff}`)
        }
      }
      fs.rmSync(folder, { recursive: true })
    })
  }
}

/** Programs to start from: { name, files, argv, variants }. */
function* programs() {
  const goldens = path.join(root, 'tests/goldens')
  for (const group of fs.readdirSync(goldens)) {
    for (const name of fs.readdirSync(path.join(goldens, group))) {
      const folder = path.join(goldens, group, name)
      if (!fs.existsSync(path.join(folder, 'main.depot'))) continue
      const files = new Map([...snapshot(folder)].filter(([file]) => isSource(file) && !/^(cdk|cfn)\//.test(file)))
      const args = path.join(folder, 'args')
      const argv = fs.existsSync(args) ? fs.readFileSync(args, 'utf8').split(/\s+/).filter(Boolean) : []
      yield { name: `${group}/${name}`, files, argv: ['main.depot', ...argv], variants: !fs.existsSync(path.join(folder, 'no-variants')) }
    }
  }
  const pages = path.join(root, 'docs/diagnostics')
  for (const page of fs.readdirSync(pages)) {
    const first = /^```depot[^\n]*\n([\s\S]*?)^```/m.exec(fs.readFileSync(path.join(pages, page), 'latin1'))
    if (first) yield { name: page, files: new Map([['main.depot', first[1]]]), argv: ['main.depot'], variants: true }
  }
}

const all = [...programs()]
for (const program of all) {
  const folder = folderOf(program.files)
  const result = attempt(program.name, () => judge(folder, program.argv))
  fs.rmSync(folder, { recursive: true, force: true })
  if (result && result.diff !== '' && program.variants) {
    judgeVariants(program.name, program.files, program.argv, result.fixed)
  }
}

/** The errors of a program, so as to be found again. */
function errorsOf(program) {
  if (!program.known) {
    const folder = folderOf(program.files)
    program.known = new Set(errors(report(folder, program.argv)).map((one) => `${one.code} ${one.message}`))
    fs.rmSync(folder, { recursive: true })
  }
  return program.known
}

const next = random(options.seed)
let mended = 0
for (let i = 0; i < options.mutations; i++) {
  const program = all[Math.floor(next() * all.length)]
  const mutation = mutate(program.files.get('main.depot'), next)
  if (!mutation) continue
  const files = new Map(program.files)
  files.set('main.depot', mutation.text)
  attempt(`${program.name}, ${mutation.mistake} (${i})`, () => {
    const folder = folderOf(files)
    const result = judge(folder, program.argv, errorsOf(program))
    if (result.diff !== '') mended++
    fs.rmSync(folder, { recursive: true })
  })
}
console.log(`${mended} of ${options.mutations} programs with a mistake were changed`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length > 0 ? 1 : 0)
