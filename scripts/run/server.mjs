import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv, ExpectedError, ROOT, tail } from './process.mjs'

const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href
/** Next prints its own address and version; ours says what a person needs. */
const BANNER = /^\s*(▲ Next\.js|- Local:|- Network:|- Environments:|✓ |\s*$)/

/** Starts Next in a process group of its own, so that Ctrl-C reaches it once, through us. */
export function startNext(mode, { host, port, env, quiet }) {
  const args = ['--import', FOLLOW_PARENT, `${ROOT}/node_modules/next/dist/bin/next`, mode, '-H', host, '-p', String(port)]
  const child = spawn(process.execPath, args, { cwd: ROOT, env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const kept = []
  for (const [stream, out] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    forward(stream, out, kept, quiet)
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
  return { child, ended, lastLines: () => tail(kept.join('\n'), 20) }
}

function forward(stream, out, kept, quiet) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      kept.push(line)
      if (kept.length > 200) kept.shift()
      if (!(quiet && BANNER.test(line))) out.write(`${line}\n`)
    }
  })
  stream.on('end', () => rest && out.write(`${rest}\n`))
}

/** True when the server answers `url` without a server error. @throws ExpectedError when it takes too long; it is ended then. */
export async function untilAnswering(server, url, timeoutMs = 60_000) {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(20_000) }).catch(() => null)
    await response?.body?.cancel()
    if (response && response.status < 500) return true
    await sleep(50)
  }
  server.child.kill('SIGTERM')
  throw new ExpectedError(`The server did not answer ${url} within ${timeoutMs / 1000} s:\n\n${server.lastLines()}`)
}

/**
 * Ends the server when this process is told to end, and this process when the server has. A second signal two seconds
 * or more after the first ends it at once (one Ctrl-C can arrive twice: from the terminal and from npm).
 *
 * @returns when the server has ended: true if we asked for it.
 */
export async function untilStopped(server, say) {
  let askedAt = 0
  const stop = () => {
    if (askedAt === 0) {
      askedAt = performance.now()
      say('Stopping …')
      server.child.kill('SIGTERM')
    } else if (performance.now() - askedAt > 2_000) server.child.kill('SIGKILL')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  if (process.env.npm_lifecycle_event) whenParentEnds(stop)
  const { code, signal } = await server.ended
  if (askedAt === 0) say(`The server ended by itself (${signal ?? `exit code ${code}`}).`)
  return askedAt > 0
}

/** npm told to end may end only the shell between itself and us. */
function whenParentEnds(stop) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 500)
  timer.unref()
}
