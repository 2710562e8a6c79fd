import { describe, expect, it } from 'vitest'
import { logLine } from './logger'

describe('a log line', () => {
  it('is one line of JSON', () => {
    const line = logLine('warn', 'odd', { path: '/a\n{"level":"error"}' }, 0)
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual({ at: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'odd', path: '/a\n{"level":"error"}' })
  })

  it.each([
    ['an escape sequence', '\u001b[2J'],
    ['a C1 control', '\u009b2J'],
    ['a direction override', '\u202etxt.exe'],
    ['a line separator', '\u2028'],
    ['a carriage return', '\r'],
  ])('lets %s do nothing to a terminal, and loses nothing', (_name, text) => {
    const line = logLine('info', text, {}, 0)
    expect(line).toMatch(/^[\x20-\x7e]*$/)
    expect((JSON.parse(line) as { message: string }).message).toBe(text)
  })

  it('carries the cause of a failure', () => {
    expect(JSON.parse(logLine('error', 'failed', { cause: new Error('disk full') }, 0))).toMatchObject({
      error: 'disk full',
      stack: expect.any(String),
    })
  })
})
