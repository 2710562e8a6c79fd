/**
 * Trains the character-bigram model behind `lib/names/readability.ts` and writes `lib/names/bigram-model.ts`.
 *
 *   npx tsx scripts/train-readability.ts [--check]
 *
 * Corpus: what `npm ci` puts on disk. Names of packages (installed, and named as dependencies by the installed ones),
 * words of the documentation that ships with them, and compound forms that host names are made of. Every fifth name is
 * held out; the run prints how many held-out names and how many random labels lie above the threshold. `--check`
 * prints and writes nothing.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SYMBOLS = 'abcdefghijklmnopqrstuvwxyz0123456789-_'
const CODES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const STEP_BITS = 0.2
const EDGE = SYMBOLS.length
const SIZE = EDGE + 1
const THRESHOLD = 5.0

/** Mulberry32: the same corpus on every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function* filesUnder(folder: string, depth = 0): Generator<string> {
  if (depth > 12) return
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path, depth + 1)
    else if (entry.isFile()) yield path
  }
}

function collect(root: string): { names: string[]; words: Map<string, number> } {
  const names = new Set<string>()
  const words = new Map<string, number>()
  for (const path of filesUnder(root)) {
    if (path.endsWith('/package.json')) for (const name of namesIn(path)) names.add(name)
    else if (/\.mdx?$/i.test(path)) countWords(readFileSync(path, 'utf8'), words)
  }
  return { names: [...names].toSorted(), words }
}

function namesIn(path: string): string[] {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    const keys = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const
    const all = keys.flatMap((key) => Object.keys((manifest[key] ?? {}) as object))
    if (typeof manifest.name === 'string') all.push(manifest.name)
    return all.flatMap((name) => name.toLowerCase().replace('@', '').split(/[/.]/)).filter((name) => /^[a-z0-9_-]{2,40}$/.test(name))
  } catch {
    return []
  }
}

function countWords(text: string, words: Map<string, number>): void {
  const prose = text.replace(/https?:\S+/g, ' ')
  for (const [token] of prose.matchAll(/(?<![A-Za-z0-9+/=_])[A-Za-z]{2,20}(?![A-Za-z0-9+/=_])/g)) {
    const word = token.toLowerCase()
    words.set(word, (words.get(word) ?? 0) + 1)
  }
}

/** Forms that host names take: `mail2`, `api-gateway`, `cdn-static-03`, `db01-prod`. */
function compounds(words: readonly string[], count: number, random: () => number): string[] {
  const pick = () => words[Math.floor(random() ** 2 * words.length)] ?? 'host'
  const number = () => String(Math.floor(random() * 10 ** (1 + Math.floor(random() * 3))))
  const forms = [
    () => `${pick()}-${pick()}`,
    () => `${pick()}${number()}`,
    () => `${pick()}-${number()}`,
    () => `${pick()}${pick()}`,
    () => `${pick()}-${pick()}-${number()}`,
    () => `${pick()}-${pick()}-${pick()}`,
    () => `${pick()}${number()}-${pick()}`,
    () => `_${pick()}`,
  ]
  return Array.from({ length: count }, () => (forms[Math.floor(random() * forms.length)] ?? pick)())
}

function train(examples: readonly { text: string; weight: number }[]): Float64Array {
  const counts = new Float64Array(SIZE * SIZE).fill(0.5)
  for (const { text, weight } of examples) {
    let from = EDGE
    for (const char of `${text}$`) {
      const to = char === '$' ? EDGE : SYMBOLS.indexOf(char)
      const cell = from * SIZE + to
      counts[cell] = (counts[cell] ?? 0) + weight
      from = to
    }
  }
  const bits = new Float64Array(SIZE * SIZE)
  for (let from = 0; from < SIZE; from++) {
    const row = counts.subarray(from * SIZE, (from + 1) * SIZE)
    const total = row.reduce((sum, count) => sum + count, 0)
    row.forEach((count, to) => {
      const code = Math.min(CODES.length - 1, Math.round(-Math.log2(count / total) / STEP_BITS))
      bits[from * SIZE + to] = code * STEP_BITS
    })
  }
  return bits
}

function bitsPerChar(bits: Float64Array, label: string): number {
  let from = EDGE
  let sum = 0
  for (const char of label) {
    const to = SYMBOLS.indexOf(char)
    sum += bits[from * SIZE + to] ?? 0
    from = to
  }
  return (sum + (bits[from * SIZE + EDGE] ?? 0)) / (label.length + 1)
}

function shareAbove(bits: Float64Array, labels: readonly string[]): string {
  const above = labels.filter((label) => bitsPerChar(bits, label) > THRESHOLD).length
  return `${((100 * above) / labels.length).toFixed(2)} % of ${labels.length}`
}

function randomLabels(alphabet: string, length: number, random: () => number): string[] {
  return Array.from({ length: 20_000 }, () =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join(''),
  )
}

function main(): void {
  const random = randomFrom(20_261_121)
  const { names, words } = collect('node_modules')
  const common = [...words].filter(([, count]) => count >= 5).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const vocabulary = common.map(([word]) => word)
  const joined = compounds(vocabulary, 40_000, random)
  const heldOut = [...names, ...joined].filter((_, i) => i % 5 === 4)
  const learned = [...names, ...joined].filter((_, i) => i % 5 !== 4)
  const bits = train([
    ...learned.map((text) => ({ text, weight: 1 })),
    ...common.map(([text, count]) => ({ text, weight: Math.log2(1 + count) / 2 })),
  ])
  console.log(`corpus: ${names.length} package names, ${vocabulary.length} words, ${joined.length} compounds`)
  console.log(
    `held-out labels of 6 characters and more above ${THRESHOLD}: ${shareAbove(
      bits,
      heldOut.filter((text) => text.length >= 6),
    )}`,
  )
  for (const [name, alphabet] of [
    ['hex', '0123456789abcdef'],
    ['base32', 'abcdefghijklmnopqrstuvwxyz234567'],
    ['base36', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ] as const)
    for (const length of [8, 16, 32]) console.log(`random ${name}, ${length}: ${shareAbove(bits, randomLabels(alphabet, length, random))}`)
  if (process.argv.includes('--check')) return
  const rows = Array.from({ length: SIZE }, (_, from) =>
    Array.from(bits.subarray(from * SIZE, (from + 1) * SIZE), (value) => CODES.charAt(Math.round(value / STEP_BITS))).join(''),
  )
  writeFileSync('lib/names/bigram-model.ts', source(rows))
}

const source = (
  rows: readonly string[],
): string => `/** Written by \`scripts/train-readability.ts\`; read by \`readability.ts\`. Symbols in table order; the last row and column are the label's edge. */
export const SYMBOLS = '${SYMBOLS}'

/** Bits per step of a code. */
export const STEP_BITS = ${STEP_BITS}

/** Alphabet of the codes, value = position. */
export const CODES = '${CODES}'

/** One row per preceding symbol, one code per following symbol: -log2 P(following | preceding) / STEP_BITS. */
export const ROWS: readonly string[] = [
${rows.map((row) => `  '${row}',`).join('\n')}
]
`

main()
