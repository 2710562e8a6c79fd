import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { can, ROLES } from '@/lib/domain/permission'
import { type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { close, entry, VERBS } from '@/lib/server/testing/verbs'
import { closeAlarm } from './alarms/close-alarm'
import { addEntry } from './allowlist/add-entry'

/** Files of use-case folders that are no verb, and the two verbs that need no right: whoever asks is the proof. */
const NO_RIGHT = new Set([
  'alarms/decide',
  'alarms/baseline-collector',
  'alarms/require-alarm',
  'alarms/stix-bundle',
  'escalations/escalation-change',
  'escalations/handover-pdf',
  'escalations/require-person',
  'escalations/response-tasks',
  'assets/asset-context',
  'assets/resolve-names',
  'assets/read-assets-csv',
  'allowlist/guard-domain',
  'detectors/describe-change',
  'detectors/detector-view',
  'detectors/new-config',
  'detectors/require-rule',
  'allowlist/new-entry',
  'events-search/event-query',
  'log-sources/intake-key-secret',
  'log-sources/issue-key',
  'log-sources/log-source-context',
  'log-sources/log-source-health',
  'selections/run-unit',
  // Asked for by the decision they are part of.
  'selections/escalate-selection',
  'selections/selection-entries',
  'users/create-first-admin',
  'users/get-me',
  'account/device-of',
  'account/end-my-sessions',
  'account/list-my-sessions',
  'account/rename-me',
  'presence/presence-board',
  'users/user-context',
])

let temporary: TemporaryContext
beforeAll(() => {
  temporary = temporaryContext()
})
afterAll(() => temporary.dispose())

describe('every verb', () => {
  it('stands in the table', () => {
    const here = fileURLToPath(new URL('.', import.meta.url))
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.includes('/') && name.endsWith('.ts') && !name.includes('.test.'),
    )
    const verbs = files.map((name) => name.replace(/\.ts$/, '')).filter((name) => !NO_RIGHT.has(name))
    expect(verbs.toSorted()).toEqual(Object.keys(VERBS).toSorted())
  })

  const cases = Object.entries(VERBS).flatMap(([verb, [permission, call]]) => ROLES.map((role) => ({ verb, permission, call, role })))

  it.each(cases.filter(({ role, permission }) => !can(role, permission)))(
    '$verb refuses the role $role',
    async ({ call, role, permission }) => {
      await expect(call(temporary.as(role))).rejects.toMatchObject({
        code: 'forbidden',
        message: `The role ${role} lacks the right ${permission}.`,
      })
    },
  )

  it.each(cases.filter(({ role, permission }) => can(role, permission)))('$verb lets the role $role in', async ({ call, role }) => {
    const code = await call(temporary.as(role)).then(
      () => 'done',
      (error: { readonly code?: string }) => error.code ?? String(error),
    )
    // The table calls verbs on things that do not exist; being told so means being let in.
    expect(code).not.toBe('forbidden')
  })
})

describe('an analyst', () => {
  it('adds an entry only by closing an alarm', async () => {
    const allowlist = { ...entry, days: 30 }
    await expect(addEntry(temporary.as('analyst'), allowlist)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(closeAlarm(temporary.as('analyst'), { ...close, allowlist })).rejects.toMatchObject({ code: 'not-found' })
    await expect(closeAlarm(temporary.as('manager'), { ...close, allowlist })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
