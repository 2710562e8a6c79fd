import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A port and a data folder of the tests' own, so that a running Dowser is left alone. */
export const PORT = Number(process.env.DOWSER_E2E_PORT ?? 3107)
export const BASE_URL = `http://localhost:${PORT}`
export const DATA_FOLDER = join(tmpdir(), `dowser-e2e-${PORT}`)
