/** Hostile command lines can be long; Windows allows 32,767 characters. */
const MAX_ARGS = 4_096

const QUOTE = '"'
const BACKSLASH = '\\'
const isBlank = (char: string): boolean => char === ' ' || char === '\t'

/**
 * Arguments of a command line as the program sees them.
 *
 * @param executable - its path: a drive letter, a backslash or `.exe` means Windows rules, anything else POSIX words.
 */
export function splitCommandLine(commandLine: string, executable: string | null): string[] {
  const path = executable ?? commandLine
  const isWindows = path.includes(BACKSLASH) || /^"?[A-Za-z]:/.test(path) || /\.exe\b/i.test(path)
  return isWindows ? splitWindows(commandLine) : splitPosix(commandLine)
}

/**
 * Windows rules (Microsoft C runtime): blanks outside quotes end an argument; 2n backslashes before a quote give n and
 * the quote counts, 2n+1 give n and a literal quote; `""` inside quotes is a literal quote; other backslashes are
 * themselves.
 */
export function splitWindows(commandLine: string): string[] {
  const args: string[] = []
  let arg: string | null = null
  let quoted = false
  for (let at = 0; at < commandLine.length && args.length < MAX_ARGS; at++) {
    const char = commandLine.charAt(at)
    if (char === BACKSLASH) {
      const run = runLength(commandLine, at)
      const beforeQuote = commandLine.charAt(at + run) === QUOTE
      arg = (arg ?? '') + BACKSLASH.repeat(beforeQuote ? run >> 1 : run)
      at += run - 1
      if (beforeQuote && run % 2 === 1) {
        arg += QUOTE
        at += 1
      }
    } else if (char === QUOTE) {
      arg ??= ''
      if (quoted && commandLine.charAt(at + 1) === QUOTE) {
        arg += QUOTE
        at += 1
      } else quoted = !quoted
    } else if (isBlank(char) && !quoted) {
      if (arg !== null) args.push(arg)
      arg = null
    } else arg = (arg ?? '') + char
  }
  if (arg !== null) args.push(arg)
  return args
}

function runLength(text: string, from: number): number {
  let to = from
  while (text.charAt(to) === BACKSLASH) to += 1
  return to - from
}

/** Words of a POSIX shell (XCU §2.2): single quotes keep everything, double quotes let `\` escape `"`, `\`, `$` and `` ` ``. */
export function splitPosix(commandLine: string): string[] {
  const args: string[] = []
  let arg: string | null = null
  let quote = ''
  for (let at = 0; at < commandLine.length && args.length < MAX_ARGS; at++) {
    const char = commandLine.charAt(at)
    const next = commandLine.charAt(at + 1)
    if (char === BACKSLASH && quote !== "'" && next !== '' && (quote === '' || '"\\$`'.includes(next))) {
      arg = (arg ?? '') + next
      at += 1
    } else if (quote !== '' && char === quote) quote = ''
    else if (quote === '' && (char === QUOTE || char === "'")) {
      arg ??= ''
      quote = char
    } else if (quote === '' && (isBlank(char) || char === '\n')) {
      if (arg !== null) args.push(arg)
      arg = null
    } else arg = (arg ?? '') + char
  }
  if (arg !== null) args.push(arg)
  return args
}
