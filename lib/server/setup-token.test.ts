import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { secretFile } from './secret-file'
import { keepSetupToken, requireSetupToken } from './setup-token'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-token-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const nobody = { any: () => Promise.resolve(false) }
const somebody = { any: () => Promise.resolve(true) }
const path = () => join(dir, 'setup-token')

describe('the set-up token', () => {
  it('is made while nobody has an account, readable by its owner alone, and stays the same', async () => {
    await keepSetupToken(dir, nobody)
    const token = readFileSync(path(), 'utf8').trim()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    await keepSetupToken(dir, nobody)
    expect(readFileSync(path(), 'utf8').trim()).toBe(token)
    expect(() => requireSetupToken(dir, token)).not.toThrow()
  })

  it('goes once somebody has an account, and nothing replaces it', async () => {
    await keepSetupToken(dir, nobody)
    const token = readFileSync(path(), 'utf8').trim()
    await keepSetupToken(dir, somebody)
    expect(existsSync(path())).toBe(false)
    expect(() => requireSetupToken(dir, token)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(existsSync(path())).toBe(false)
  })

  it.each(['', 'x', 'x'.repeat(43), 'ü'.repeat(43)])('refuses %o', async (token) => {
    await keepSetupToken(dir, nobody)
    expect(() => requireSetupToken(dir, token)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })
})

describe('a secret file', () => {
  it('that somebody emptied is refused rather than used', () => {
    writeFileSync(join(dir, 'secret'), '\n')
    expect(() => secretFile(dir, 'secret')).toThrow('too short')
  })

  it('differs from folder to folder', () => {
    const other = mkdtempSync(join(tmpdir(), 'dowser-token-'))
    expect(secretFile(dir, 'secret')).not.toBe(secretFile(other, 'secret'))
    rmSync(other, { recursive: true })
  })
})
