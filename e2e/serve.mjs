// The server under test: the product's own start command on an empty data folder.
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const port = process.env.DOWSER_E2E_PORT ?? '3107'
const data = join(tmpdir(), `dowser-e2e-${port}`)
rmSync(data, { recursive: true, force: true })
Object.assign(process.env, { PORT: port, DOWSER_DATA: data, DOWSER_URL: `http://localhost:${port}`, DOWSER_HOST: '127.0.0.1' })
await import('../scripts/start.mjs')
