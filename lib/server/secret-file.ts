import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BYTES = 32

/** Makes the data folder, for its owner alone. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
}

/** Reads a secret of the data folder, making it (mode 0600) on first use. */
export function secretFile(dataDir: string, name: 'secret' | 'setup-token'): string {
  const path = join(/* turbopackIgnore: true */ dataDir, name)
  try {
    writeFileSync(path, `${randomBytes(BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Whoever was first wrote the one that counts.
    if (!isExisting(error)) throw error
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < BYTES) throw new Error(`${path} is too short to be a secret. Delete it and start again.`)
  return secret
}

export function removeSecretFile(dataDir: string, name: 'setup-token'): void {
  rmSync(join(/* turbopackIgnore: true */ dataDir, name), { force: true })
}

const isExisting = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'
