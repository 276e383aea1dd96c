// Mistakes made by chance, the same ones for the same seed.

/** A generator of numbers from 0 to 1 (mulberry32). */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const TOKEN = /\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\.\.\.|[=!<>|&?]+|[^\s]/g

/** The tokens of a program, comments left out: { text, start, end }. */
function tokens(source) {
  return [...source.matchAll(TOKEN)]
    .filter((match) => !match[0].startsWith('//'))
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
}

const isWord = (token) => /^[A-Za-z_]\w{2,}$/.test(token.text)
const isText = (token) => /^"\w+"$/.test(token.text)

function misspell(text, next) {
  const at = Math.floor(next() * (text.length - 1))
  switch (Math.floor(next() * 4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
    case 2:
      return text.slice(0, at + 1) + text[at] + text.slice(at + 1)
    default:
      return text.slice(0, at) + 'x' + text.slice(at + 1)
  }
}

const otherCase = (text) =>
  text === text.toUpperCase() ? text.toLowerCase() : text !== text.toLowerCase() ? text.toLowerCase() : text.toUpperCase()

/** The kinds of mistakes: which tokens they can be made of, and what stands there then. */
const MISTAKES = [
  { name: 'drop', of: () => true, make: () => '' },
  { name: 'duplicate', of: () => true, make: (token) => `${token.text} ${token.text}` },
  { name: 'swap', of: () => true, make: null },
  { name: 'misspell', of: isWord, make: (token, next) => misspell(token.text, next) },
  { name: 'case', of: isWord, make: (token) => otherCase(token.text) },
  { name: 'quote', of: isWord, make: (token) => `"${token.text}"` },
  { name: 'unquote', of: isText, make: (token) => token.text.slice(1, -1) },
  { name: 'single quotes', of: isText, make: (token) => `'${token.text.slice(1, -1)}'` },
  { name: 'equals', of: (token) => token.text === ':', make: () => ' =' },
  { name: 'semicolon', of: (token) => token.text === ',' || token.text === '}', make: (token) => `${token.text};` },
  { name: 'double a line', of: isWord, make: null },
]

function lineOf(source, offset) {
  const start = source.lastIndexOf('\n', offset - 1) + 1
  const end = source.indexOf('\n', offset)
  return source.slice(start, end < 0 ? source.length : end + 1)
}

/** `source` with one mistake: { text, mistake }; null if it has nothing to make it of. */
export function mutate(source, next) {
  const mistake = MISTAKES[Math.floor(next() * MISTAKES.length)]
  const all = tokens(source)
  const choice = all.filter(mistake.of)
  if (choice.length < 2) return null
  const token = choice[Math.floor(next() * choice.length)]
  const before = source.slice(0, token.start)
  const after = source.slice(token.end)
  if (mistake.name === 'swap') {
    const behind = all[all.indexOf(token) + 1]
    if (!behind) return null
    const between = source.slice(token.end, behind.start)
    return { text: before + behind.text + between + token.text + source.slice(behind.end), mistake: mistake.name }
  }
  if (mistake.name === 'double a line') {
    const line = lineOf(source, token.start)
    const start = source.lastIndexOf('\n', token.start - 1) + 1
    return { text: source.slice(0, start) + line + source.slice(start), mistake: mistake.name }
  }
  return { text: before + mistake.make(token, next) + after, mistake: mistake.name }
}
