/** Decides whether an answer holds what stands at a path. */
export type PathFilter = (path: readonly string[]) => boolean

const MAX_PATTERNS = 32
const MAX_SEGMENTS = 8

/**
 * Elasticsearch's `filter_path`: patterns between commas, `*` within a name, `**` for any names, `-` before a pattern for
 * what to leave out. What is under a path that a pattern names is included with it.
 */
export function pathFilter(text: string | null): PathFilter {
  const patterns = (text ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '' && pattern !== '-')
    .slice(0, MAX_PATTERNS)
  const wanted = patterns.filter((pattern) => !pattern.startsWith('-')).map(segmentsOf)
  const unwanted = patterns.filter((pattern) => pattern.startsWith('-')).map((pattern) => segmentsOf(pattern.slice(1)))
  return (path) =>
    (wanted.length === 0 || wanted.some((pattern) => covers(pattern, path))) && !unwanted.some((pattern) => covers(pattern, path))
}

const segmentsOf = (pattern: string): readonly string[] => pattern.split('.').slice(0, MAX_SEGMENTS)

/** Is the path, or something above it, what the pattern names? */
function covers(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return true
  const [name, ...below] = path
  if (first === '**') return covers(rest, path) || (name !== undefined && covers(pattern, below))
  return name !== undefined && isLike(first, name) && covers(rest, below)
}

/** `*` stands for any characters. Linear: each part between stars is looked for once, from left to right. */
function isLike(pattern: string, name: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...others] = parts
  if (others.length === 0) return name === pattern
  const last = others.pop() ?? ''
  if (!name.startsWith(first)) return false
  let from = first.length
  for (const part of others) {
    const at = name.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return name.length - last.length >= from && name.endsWith(last)
}
