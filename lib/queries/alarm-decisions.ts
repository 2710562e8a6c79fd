import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, apiFetch } from '@/lib/api/client'
import type { AlarmResponse, CloseAlarmInput, DecisionResponse, NoteResponse } from '@/lib/api/contracts/alarms'
import type { Alarm, AlarmStatus } from '@/lib/domain/alarm'
import { moveRow, type Placement, patchRow, putBack } from './alarm-cache'
import { alarmKeys } from './alarms'

/** What a person decides about one alarm; the version it was decided on travels beside it. */
export type Decision =
  | ({ readonly kind: 'close' } & Omit<CloseAlarmInput, 'expectedVersion'>)
  | { readonly kind: 'escalate'; readonly note: string | null; readonly escalationId?: string | null }
  | { readonly kind: 'reopen'; readonly note: string | null }
  | { readonly kind: 'undo'; readonly eventId: string; readonly backTo: AlarmStatus }

export interface DecideInput {
  readonly alarm: Pick<Alarm, 'id' | 'version' | 'status'>
  readonly decision: Decision
}

/** A decision this browser made, newest last; `z` takes them back one by one, on whatever page. */
export interface Decided {
  readonly alarmId: string
  readonly eventId: string
  readonly version: number
  /** When it was stored, by the server's clock. */
  readonly at: number
  /** Status before the decision. */
  readonly before: AlarmStatus
  readonly placements: readonly Placement[]
  /** Other alarms its allowlist entry hid; an undo brings them back. */
  readonly hiddenAlarms: number
}

const MAX_REMEMBERED = 50

export const statusAfter = (decision: Decision): AlarmStatus => {
  switch (decision.kind) {
    case 'close':
      return 'closed'
    case 'escalate':
      return 'escalated'
    case 'reopen':
      return 'open'
    case 'undo':
      return decision.backTo
  }
}

function requestOf({ alarm, decision }: DecideInput): { readonly action: string; readonly body: unknown } {
  const expectedVersion = alarm.version
  switch (decision.kind) {
    case 'close': {
      const { kind: _, ...body } = decision
      return { action: 'close', body: { ...body, expectedVersion } }
    }
    case 'escalate':
      return { action: 'escalate', body: { expectedVersion, note: decision.note, escalationId: decision.escalationId } }
    case 'reopen':
      return { action: 'reopen', body: { expectedVersion, note: decision.note } }
    case 'undo':
      return { action: 'undo', body: { expectedVersion, eventId: decision.eventId } }
  }
}

export function decide(input: DecideInput): Promise<DecisionResponse> {
  const { action, body } = requestOf(input)
  return apiFetch<DecisionResponse>(`/alarms/${encodeURIComponent(input.alarm.id)}/${action}`, { method: 'POST', json: body })
}

export const decidedStack = (client: QueryClient): readonly Decided[] => client.getQueryData<readonly Decided[]>(alarmKeys.decided) ?? []

function remember(client: QueryClient, decided: Decided): void {
  client.setQueryDefaults(alarmKeys.decided, { gcTime: Number.POSITIVE_INFINITY })
  client.setQueryData(alarmKeys.decided, [...decidedStack(client), decided].slice(-MAX_REMEMBERED))
}

const forget = (client: QueryClient, eventId: string): void => {
  client.setQueryData(
    alarmKeys.decided,
    decidedStack(client).filter((each) => each.eventId !== eventId),
  )
}

interface Optimism {
  readonly placements: readonly Placement[]
  readonly detail: AlarmResponse | undefined
}

/** Shows the outcome before the server answers: the row leaves or changes its mark, the alarm page its status. */
export async function decideOptimistically(client: QueryClient, { alarm, decision }: DecideInput): Promise<Optimism> {
  await client.cancelQueries({ queryKey: alarmKeys.detail(alarm.id), exact: true })
  const key = alarmKeys.detail(alarm.id)
  const detail = client.getQueryData<AlarmResponse>(key)
  const status = statusAfter(decision)
  if (detail) client.setQueryData<AlarmResponse>(key, { ...detail, alarm: { ...detail.alarm, status } })
  return { detail, placements: moveRow(client, alarm.id, status) }
}

export function rollBack(client: QueryClient, alarmId: string, { placements, detail }: Optimism): void {
  putBack(client, placements)
  if (detail) client.setQueryData(alarmKeys.detail(alarmId), detail)
}

/** Takes over what the server answered: status, version, history. */
export function settle(client: QueryClient, { alarm, event }: DecisionResponse): void {
  patchRow(client, alarm.id, (row) => ({ ...row, status: alarm.status, decision: alarm.decision, version: alarm.version }))
  client.setQueryData<AlarmResponse>(
    alarmKeys.detail(alarm.id),
    (before) => before && { alarm, history: [...before.history.filter((line) => line.id !== event.id), event] },
  )
}

/** True when the server was out of reach, so that the decision is kept and sent later; taking back waits for nothing. */
export const mayWait = (error: unknown, decision: Decision): boolean =>
  decision.kind !== 'undo' && error instanceof ApiError && (error.status === 0 || error.status === 503)

/** Close, escalate, reopen or undo one alarm; optimistic, rolled back on any error but a lost connection, which makes it wait. */
export function useDecideAlarm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: decide,
    // A lost connection is an answer here: the decision then waits in the outbox, instead of unseen in memory.
    networkMode: 'always',
    onMutate: (input: DecideInput) => decideOptimistically(client, input),
    onError: (error, input, optimism) => {
      if (optimism && !mayWait(error, input.decision)) rollBack(client, input.alarm.id, optimism)
    },
    onSuccess: (response, { alarm, decision }, { placements }) => {
      settle(client, response)
      let { hiddenAlarms } = response
      if (decision.kind === 'undo') {
        const undone = decidedStack(client).find((each) => each.eventId === decision.eventId)
        if (undone) putBack(client, undone.placements, { status: response.alarm.status, version: response.alarm.version, decision: null })
        forget(client, decision.eventId)
        hiddenAlarms += undone?.hiddenAlarms ?? 0
      } else {
        const { version } = response.alarm
        remember(client, {
          alarmId: alarm.id,
          eventId: response.event.id,
          version,
          at: response.event.at,
          before: alarm.status,
          placements,
          hiddenAlarms,
        })
      }
      // More rows than this one moved, and the analyst asked for it: the lists are fetched again.
      if (hiddenAlarms > 0) {
        void client.invalidateQueries({ queryKey: alarmKeys.lists })
        void client.invalidateQueries({ queryKey: ['allowlist'] })
      }
    },
    onSettled: (_data, _error, { alarm }) => {
      void client.invalidateQueries({ queryKey: alarmKeys.detail(alarm.id), exact: true })
      void client.invalidateQueries({ queryKey: alarmKeys.changes })
      void client.invalidateQueries({ queryKey: ['escalations'] })
    },
  })
}

export function useAddNote(alarmId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: string) =>
      apiFetch<NoteResponse>(`/alarms/${encodeURIComponent(alarmId)}/notes`, { method: 'POST', json: { text } }),
    onSuccess: ({ event }) => {
      client.setQueryData<AlarmResponse>(
        alarmKeys.detail(alarmId),
        (before) => before && { ...before, history: [...before.history, event] },
      )
      patchRow(client, alarmId, (row) => ({ ...row, noteCount: row.noteCount + 1 }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: alarmKeys.detail(alarmId), exact: true }),
  })
}
