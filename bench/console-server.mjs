import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startNext, untilAnswering } from '../scripts/run/server.mjs'

const PERSON = { name: 'Bench', email: 'bench@dowser.example', password: 'a password of the bench 1' }

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/**
 * Starts the production build, as it lies in `.next`, on a loopback port and signs in its first administrator.
 *
 * @param {string} data - an empty or seeded data folder without a user.
 * @returns `call` asks the API with the session; `cookies` are for a browser; `pid` is the server's.
 */
export async function startConsole(data) {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env = { DOWSER_DATA: data, PORT: String(port), DOWSER_URL: url, NODE_ENV: 'production' }
  const server = startNext('start', { host: '127.0.0.1', port, env, quiet: true })
  await untilAnswering(server, `http://127.0.0.1:${port}/api/v1/health`, 120_000)
  const token = readFileSync(join(data, 'setup-token'), 'utf8').trim()
  const post = (path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      body: JSON.stringify(body),
    })
  const set = await post('/api/v1/setup', { ...PERSON, token })
  if (!set.ok) throw new Error(`The set-up answered ${set.status}: ${await set.text()}`)
  const signedIn = await post('/api/auth/sign-in/email', { email: PERSON.email, password: PERSON.password })
  if (!signedIn.ok) throw new Error(`Signing in answered ${signedIn.status}: ${await signedIn.text()}`)
  const pairs = signedIn.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const headers = { cookie: pairs.join('; '), origin: url }
  return {
    url,
    pid: server.child.pid,
    cookies: pairs.map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), url }
    }),
    /** @returns the answer's JSON. @throws Error when it is a refusal. */
    call: async (method, path, body) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
      return response.json()
    },
    stop: async () => {
      server.child.kill('SIGTERM')
      const late = setTimeout(() => server.child.kill('SIGKILL'), 30_000)
      await server.ended
      clearTimeout(late)
    },
  }
}

export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
