import type { AddLogSourceBody } from '@/lib/api/contracts/log-sources'
import type { LogSource } from '@/lib/domain/log-source'
import { DEFAULT_QUIET_MS, draftProblems, isKeyed, isListening, isLoopback, settingsOf } from '@/lib/domain/log-source-draft'
import type { Sender } from '@/lib/domain/senders/senders'

/** The dialog's fields, as text where a person types. */
export interface SenderForm {
  readonly name: string
  readonly address: string
  readonly port: string
  readonly path: string
  /** Empty: recognised by content. */
  readonly format: string
  readonly backfill: boolean
  readonly quietMinutes: string
  readonly acceptsUnauthenticated: boolean
  /** Days; empty: without an end. */
  readonly keyDays: string
}

export const KEY_LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '1095', label: '3 years' },
  { value: 'never', label: 'No end' },
] as const
export type KeyLife = (typeof KEY_LIVES)[number]['value']
export const daysOf = (life: string): number | null => (life === 'never' ? null : Number(life))

export const QUIET_CHOICES = [
  { value: '5', label: '5 minutes' },
  { value: '15', label: '15 minutes' },
  { value: '60', label: '1 hour' },
  { value: '240', label: '4 hours' },
  { value: '1440', label: '1 day' },
] as const

export const freshForm = ({ id, defaults }: Sender): SenderForm => ({
  name: id.replace(/-(?:elastic|tcp|udp|socket|file)$/, ''),
  address: defaults.address ?? '',
  port: defaults.port == null ? '' : String(defaults.port),
  path: defaults.path ?? '',
  format: defaults.format ?? '',
  backfill: false,
  quietMinutes: String(DEFAULT_QUIET_MS / 60_000),
  acceptsUnauthenticated: false,
  keyDays: '365',
})

/** A confirmation is asked for as soon as the address is more than this machine. */
export const asksConfirmation = (sender: Sender, { address }: SenderForm): boolean =>
  isListening(sender.kind) && address.trim() !== '' && !isLoopback(address.trim())

export function bodyOf({ kind }: Sender, form: SenderForm): AddLogSourceBody {
  const settings = settingsOf(kind, {
    address: form.address,
    // An empty or odd port must be refused by name, not become 0 by accident.
    port: /^\d{1,6}$/.test(form.port.trim()) ? Number(form.port) : null,
    path: form.path,
    format: form.format === '' ? null : form.format,
    backfill: form.backfill,
    quietAfterMs: Number(form.quietMinutes) * 60_000,
  })
  const keyDays = isKeyed(kind) ? daysOf(form.keyDays) : null
  return { name: form.name.trim(), kind, settings, acceptsUnauthenticated: form.acceptsUnauthenticated, keyDays }
}

export type FormErrors = Partial<Record<keyof SenderForm, string>>

const FIELD: Readonly<Record<string, keyof SenderForm>> = {
  name: 'name',
  'settings.address': 'address',
  'settings.port': 'port',
  'settings.path': 'path',
  'settings.format': 'format',
  'settings.quietAfterMs': 'quietMinutes',
  acceptsUnauthenticated: 'acceptsUnauthenticated',
}
const SUBJECT: FormErrors = {
  name: 'The name',
  address: 'The address',
  port: 'The port',
  path: 'The path',
  format: 'The format',
  acceptsUnauthenticated: 'This',
}

/** Messages by field, as sentences; paths come from the server or from the same check in the browser. */
export function errorsOf(problems: readonly (readonly [path: string, message: string])[]): FormErrors {
  const errors: FormErrors = {}
  for (const [path, message] of problems) {
    const field = FIELD[path]
    if (field !== undefined && errors[field] === undefined) errors[field] = `${SUBJECT[field] ?? 'This'} ${message}.`
  }
  return errors
}

/** What the server would refuse, before it is asked. */
export const localErrors = (sender: Sender, form: SenderForm, live: readonly LogSource[]): FormErrors => {
  const { name, kind, settings } = bodyOf(sender, form)
  const draft = { name, kind, settings, acceptsUnauthenticated: form.acceptsUnauthenticated }
  return errorsOf(draftProblems(draft, live).map(({ path, message }) => [path, message] as const))
}
