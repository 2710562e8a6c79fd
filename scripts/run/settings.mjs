import { connect } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { ExpectedError, ROOT } from './process.mjs'

/**
 * Where to listen and where the data lies, from the environment.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns `url` is what to tell people: the public address if DOWSER_URL names one, else localhost, which reaches a
 *   server on either loopback name.
 */
export function settings(env = process.env) {
  const port = Number(env.PORT ?? 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new ExpectedError(`PORT must be a number from 1 to 65535, not "${env.PORT}".`)
  const host = env.DOWSER_HOST || '127.0.0.1'
  const data = env.DOWSER_DATA || 'data'
  return {
    port,
    host,
    url: (env.DOWSER_URL || `http://localhost:${port}`).replace(/\/$/, ''),
    /** Where this machine reaches the server, whatever the public address is. */
    local: `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`,
    data: isAbsolute(data) ? data : join(ROOT, data),
  }
}

const answers = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const end = (open) => {
      socket.destroy()
      resolve(open)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })

/** @throws ExpectedError when something listens on the port already, on either loopback address. */
export async function requireFreePort(port) {
  const taken = await Promise.all(['127.0.0.1', '::1'].map((host) => answers(host, port)))
  if (!taken.includes(true)) return
  throw new ExpectedError(
    `Port ${port} is in use: another Dowser, or another program, listens there. Stop it, or choose another port: PORT=${port === 3000 ? 3001 : 3000} npm start`,
  )
}
