import { z } from 'zod'
import { KEYED_KINDS, type LogSource, type LogSourceKind, type LogSourceSettings } from './log-source'

/** What a person enters to set up a way in; checked by the same function in the browser and on the server. */
export interface LogSourceDraft {
  readonly name: string
  readonly kind: LogSourceKind
  readonly settings: LogSourceSettings
  /** "I know that anyone who reaches this address can send": asked for when it listens beyond this machine. */
  readonly acceptsUnauthenticated: boolean
}

export interface FieldProblem {
  readonly path: string
  readonly message: string
}

export const LISTENING_KINDS: readonly LogSourceKind[] = ['dnstap-tcp', 'syslog-udp', 'syslog-tcp']
export const MIN_QUIET_MS = 60_000
export const MAX_QUIET_MS = 30 * 86_400_000
/** 15 minutes: a resolver of even a small office is asked more often than that, and a night shift still hears of it in time. */
export const DEFAULT_QUIET_MS = 15 * 60_000

const MAX_NAME = 100
const MAX_PATH = 1_024
/** `sun_path` of macOS holds 104 bytes with the closing zero; Linux has four more. */
const MAX_SOCKET_PATH_BYTES = 103

const ipv4 = z.ipv4()
const ipv6 = z.ipv6()
const encoder = new TextEncoder()

export const isKeyed = (kind: LogSourceKind): boolean => KEYED_KINDS.includes(kind)
export const isListening = (kind: LogSourceKind): boolean => LISTENING_KINDS.includes(kind)

/** dnstap is one format; Elasticsearch's documents say themselves what they are. */
export const takesFormat = (kind: LogSourceKind): boolean => kind === 'api' || kind === 'tail' || kind.startsWith('syslog')

/** 127.0.0.0/8 and ::1. */
export const isLoopback = (address: string): boolean =>
  ipv4.safeParse(address).success ? address.startsWith('127.') : /^(0{0,4}:){2,7}0{0,3}1$/.test(address)

/** Only what the kind needs; the rest is null, so that a leftover of another choice is never stored. */
export function settingsOf(kind: LogSourceKind, settings: LogSourceSettings): LogSourceSettings {
  const listens = isListening(kind)
  const hasPath = kind === 'dnstap-unix' || kind === 'tail'
  return {
    address: listens ? (settings.address?.trim() ?? null) : null,
    port: listens ? settings.port : null,
    path: hasPath ? (settings.path?.trim() ?? null) : null,
    format: kind.startsWith('dnstap') ? null : settings.format,
    backfill: kind === 'tail' && settings.backfill,
    quietAfterMs: settings.quietAfterMs,
  }
}

/**
 * Everything that keeps the draft from being saved, by field path (`settings.port`); none when it is fine.
 *
 * @param draft - with `settings` as `settingsOf` gives them.
 * @param live - sources that are not removed.
 */
export function draftProblems(draft: LogSourceDraft, live: readonly LogSource[]): readonly FieldProblem[] {
  const { kind, settings } = draft
  const problems = [...nameProblems(draft.name, live), ...quietProblems(settings.quietAfterMs)]
  if (isListening(kind)) problems.push(...listenProblems(draft))
  if (kind === 'dnstap-unix') problems.push(...socketProblems(settings.path ?? ''))
  if (kind === 'tail') problems.push(...globProblems(settings.path ?? ''))
  const rival = problems.length === 0 ? live.find((other) => collides(draft, other)) : undefined
  if (rival)
    problems.push({ path: isListening(kind) ? 'settings.port' : 'settings.path', message: `is in use by the source ${rival.name}` })
  return problems
}

/** Two sources that would open the same port, socket or files. */
export function collides(a: Pick<LogSource, 'kind' | 'settings'>, b: Pick<LogSource, 'kind' | 'settings'>): boolean {
  if (isListening(a.kind) && isListening(b.kind)) {
    const sameTransport = (a.kind === 'syslog-udp') === (b.kind === 'syslog-udp')
    return sameTransport && a.settings.port === b.settings.port && sharesAddress(a.settings.address ?? '', b.settings.address ?? '')
  }
  return a.kind === b.kind && (a.kind === 'dnstap-unix' || a.kind === 'tail') && a.settings.path === b.settings.path
}

const EVERY = ['0.0.0.0', '::']
// `::` also takes IPv4 on the systems Dowser runs on.
const sharesAddress = (a: string, b: string): boolean => a === b || EVERY.includes(a) || EVERY.includes(b)

function nameProblems(name: string, live: readonly LogSource[]): FieldProblem[] {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > MAX_NAME) return [{ path: 'name', message: `has to have 1 to ${MAX_NAME} characters` }]
  if (hasControl(trimmed)) return [{ path: 'name', message: 'must not contain control characters' }]
  const taken = live.some((other) => other.name.toLowerCase() === trimmed.toLowerCase())
  return taken ? [{ path: 'name', message: 'is the name of another source' }] : []
}

function quietProblems(quietAfterMs: number): FieldProblem[] {
  const isRight = Number.isInteger(quietAfterMs) && quietAfterMs >= MIN_QUIET_MS && quietAfterMs <= MAX_QUIET_MS
  return isRight ? [] : [{ path: 'settings.quietAfterMs', message: 'has to lie between a minute and 30 days' }]
}

function listenProblems({ settings: { address, port }, acceptsUnauthenticated }: LogSourceDraft): FieldProblem[] {
  const problems: FieldProblem[] = []
  const isAddress = address !== null && (ipv4.safeParse(address).success || ipv6.safeParse(address).success)
  if (!isAddress) problems.push({ path: 'settings.address', message: 'has to be an IP address of this machine, 127.0.0.1 or 0.0.0.0' })
  if (port === null || !Number.isInteger(port) || port < 1 || port > 65_535)
    problems.push({ path: 'settings.port', message: 'has to be a port number, 1 to 65535' })
  if (isAddress && !isLoopback(address) && !acceptsUnauthenticated) {
    const message = 'has to be confirmed: what arrives here is not authenticated, so anyone who reaches the address can send'
    problems.push({ path: 'acceptsUnauthenticated', message })
  }
  return problems
}

function socketProblems(path: string): FieldProblem[] {
  const fail = (message: string): FieldProblem[] => [{ path: 'settings.path', message }]
  if (!path.startsWith('/') || path.endsWith('/')) return fail('has to be an absolute path of a socket, such as /run/dowser/dnstap.sock')
  if (hasControl(path) || hasDots(path)) return fail('must not contain control characters or . and .. as a folder')
  const bytes = encoder.encode(path).length
  return bytes > MAX_SOCKET_PATH_BYTES ? fail(`is ${bytes} bytes long; a socket's path has at most ${MAX_SOCKET_PATH_BYTES}`) : []
}

function globProblems(path: string): FieldProblem[] {
  const fail = (message: string): FieldProblem[] => [{ path: 'settings.path', message }]
  if (!path.startsWith('/') || path.endsWith('/')) return fail('has to be an absolute path of a file, such as /var/log/dns.log')
  if (path.length > MAX_PATH) return fail(`has at most ${MAX_PATH} characters`)
  if (hasControl(path) || hasDots(path)) return fail('must not contain control characters or . and .. as a folder')
  const folder = path.slice(0, path.lastIndexOf('/'))
  if (/[*?]/.test(folder)) return fail('may have * and ? in the file name alone, not in a folder')
  const file = path.slice(folder.length + 1)
  return /^[*?.]+$/.test(file) ? fail('has to name at least a part of the file, such as dns*.log') : []
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const hasControl = (text: string): boolean => /[\u0000-\u001f\u007f-\u009f]/.test(text)
const hasDots = (path: string): boolean => path.split('/').some((part) => part === '.' || part === '..')
