import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitCommandLine, splitPosix, splitWindows } from './split-command-line'

describe('Windows rules', () => {
  test.each([
    ['nslookup -q=txt a.b', ['nslookup', '-q=txt', 'a.b']],
    ['"C:\\Program Files\\x.exe" -q="a b"', ['C:\\Program Files\\x.exe', '-q=a b']],
    ['a\\\\b', ['a\\\\b']],
    ['"a\\"b"', ['a"b']],
    ['"a\\\\" b', ['a\\', 'b']],
    ['a\\\\\\"b c', ['a\\"b', 'c']],
    ['"a""b" c', ['a"b', 'c']],
    ['x "" y', ['x', '', 'y']],
    ['  x \t y  ', ['x', 'y']],
    ['"unclosed x', ['unclosed x']],
    ['', []],
  ])('%s', (line, args) => {
    expect(splitWindows(line)).toEqual(args)
  })

  test('quoting as the rules say brings every argument back', () => {
    const quote = (arg: string) => `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '\t'), maxLength: 8 }), { maxLength: 5 }), (args) => {
        expect(splitWindows(args.map(quote).join(' '))).toEqual(args)
      }),
    )
  })

  test('time grows with the length only', () => {
    expect(splitWindows('\\'.repeat(200_000))).toHaveLength(1)
    expect(splitWindows('" '.repeat(100_000)).length).toBeLessThanOrEqual(4_096)
  })
})

describe('POSIX words', () => {
  test.each([
    ['bash -i', ['bash', '-i']],
    [`sh -c 'dig "a b" \\x'`, ['sh', '-c', 'dig "a b" \\x']],
    ['a "b \\"c\\" \\n" d', ['a', 'b "c" \\n', 'd']],
    ['a\\ b c', ['a b', 'c']],
    ["x '' y", ['x', '', 'y']],
  ])('%s', (line, args) => {
    expect(splitPosix(line)).toEqual(args)
  })
})

test.each([
  ['C:\\Windows\\System32\\nslookup.exe', 'a\\b', ['a\\b']],
  ['/usr/bin/dig', 'a\\b', ['ab']],
  [null, '"C:\\x.exe" a\\b', ['C:\\x.exe', 'a\\b']],
] as const)('the executable %s decides the rules', (executable, line, args) => {
  expect(splitCommandLine(line, executable)).toEqual(args)
})
