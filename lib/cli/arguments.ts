import { UsageError } from './command'

export interface Arguments<Flag extends string, Value extends string> {
  readonly flags: ReadonlySet<Flag>
  readonly values: Readonly<Partial<Record<Value, string>>>
  readonly rest: readonly string[]
}

/**
 * Sorts arguments into switches, options with a value (`--format x` or `--format=x`) and the rest. `--` ends the options;
 * `-` alone is a file.
 *
 * @throws UsageError naming the option that is unknown or lacks its value.
 */
export function parseArguments<Flag extends string, Value extends string>(
  args: readonly string[],
  allowed: { readonly flags: readonly Flag[]; readonly values: readonly Value[] },
): Arguments<Flag, Value> {
  const flags = new Set<Flag>()
  const values: Partial<Record<Value, string>> = {}
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') {
      rest.push(...args.slice(i + 1))
      break
    }
    if (!arg.startsWith('--')) {
      if (arg.startsWith('-') && arg !== '-') throw new UsageError(`unknown option ${arg}`)
      rest.push(arg)
      continue
    }
    const [name = '', given] = splitOnce(arg.slice(2), '=')
    const flag = allowed.flags.find((candidate) => candidate === name)
    const value = allowed.values.find((candidate) => candidate === name)
    if (flag !== undefined && given === undefined) flags.add(flag)
    else if (value !== undefined) {
      const text = given ?? args[++i]
      if (text === undefined || text === '') throw new UsageError(`--${name} needs a value`)
      values[value] = text
    } else throw new UsageError(`unknown option ${arg}`)
  }
  return { flags, values, rest }
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
