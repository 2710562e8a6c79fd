import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type {
  AssigneesResponse,
  CreateSelectionInput,
  OfferedEntriesResponse,
  SelectionDecision,
  SelectionMatchesResponse,
  SelectionResponse,
  StartedUnitResponse,
  UnitResponse,
} from '@/lib/api/contracts/selections'
import type { AlarmUnit } from '@/lib/domain/alarm-unit'
import { alarmKeys } from './alarms'

const UNIT_POLL_MS = 300

export const unitKeys = {
  /** Units this browser started, newest last; `z` takes them back. */
  decided: ['decided-units'] as const,
  /** The unit being stored, or the last one with what it left alone. */
  current: ['current-unit'] as const,
}

export const freezeSelection = (input: CreateSelectionInput): Promise<SelectionResponse> =>
  apiFetch<SelectionResponse>('/selections', { method: 'POST', json: input })

export const adjustSelection = (
  selectionId: string,
  change: { readonly add?: readonly { readonly id: string; readonly version: number }[]; readonly remove?: readonly string[] },
): Promise<SelectionResponse> =>
  apiFetch<SelectionResponse>(`/selections/${encodeURIComponent(selectionId)}`, { method: 'PATCH', json: change })

export const assigneesOptions = () =>
  queryOptions({ queryKey: ['assignees'], queryFn: ({ signal }) => apiFetch<AssigneesResponse>('/selections/assignees', { signal }) })

const selectionPath = (id: string) => `/selections/${encodeURIComponent(id)}`

/** Open escalations that a selection would fit into. */
export const selectionMatchesOptions = (id: string) =>
  queryOptions({
    queryKey: ['selection', id, 'escalations'],
    queryFn: ({ signal }) => apiFetch<SelectionMatchesResponse>(`${selectionPath(id)}/escalations`, { signal }),
  })

/** The allowlist entry that each zone of a selection would get. */
export const offeredEntriesOptions = (id: string) =>
  queryOptions({
    queryKey: ['selection', id, 'entries'],
    queryFn: ({ signal }) => apiFetch<OfferedEntriesResponse>(`${selectionPath(id)}/entries`, { signal }),
  })

const unitPath = (id: string) => `/selections/units/${encodeURIComponent(id)}`
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const decidedUnits = (client: QueryClient): readonly AlarmUnit[] => client.getQueryData<readonly AlarmUnit[]>(unitKeys.decided) ?? []

function keep(client: QueryClient, key: readonly string[], value: unknown): void {
  client.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY })
  client.setQueryData(key, value)
}

/** Follows a unit to its end; its progress stands in the cache for whoever shows it. */
async function follow(client: QueryClient, started: AlarmUnit): Promise<UnitResponse> {
  keep(client, unitKeys.current, { unit: started, leftAlone: [] } satisfies UnitResponse)
  for (;;) {
    const state = await apiFetch<UnitResponse>(unitPath(started.id))
    keep(client, unitKeys.current, state)
    if (state.unit.finishedAt !== null) return state
    await wait(UNIT_POLL_MS)
  }
}

/** More rows than one moved, and the person asked for it: everything about alarms is asked for again. */
const refresh = (client: QueryClient) =>
  Promise.all([client.invalidateQueries({ queryKey: alarmKeys.all }), client.invalidateQueries({ queryKey: ['view-counts'] })])

const TOUCHES = { close: ['allowlist'], escalate: ['escalations'], note: [], assign: [] } as const

/** Stores a decision on a frozen selection and waits for its last part. */
export async function decideSelection(client: QueryClient, selectionId: string, decision: SelectionDecision): Promise<UnitResponse> {
  const { unit } = await apiFetch<StartedUnitResponse>(`/selections/${encodeURIComponent(selectionId)}/actions`, {
    method: 'POST',
    json: { decision },
  })
  // Remembered at once: a page that is left before the end can still take it back.
  if (decision.kind !== 'note') keep(client, unitKeys.decided, [...decidedUnits(client), unit])
  const state = await follow(client, unit)
  for (const key of TOUCHES[decision.kind]) void client.invalidateQueries({ queryKey: [key] })
  await refresh(client)
  return state
}

export async function undoUnit(client: QueryClient, unitId: string): Promise<UnitResponse> {
  const { unit } = await apiFetch<StartedUnitResponse>(`${unitPath(unitId)}/undo`, { method: 'POST', json: {} })
  keep(
    client,
    unitKeys.decided,
    decidedUnits(client).filter((each) => each.id !== unitId),
  )
  const state = await follow(client, unit)
  void client.invalidateQueries({ queryKey: ['allowlist'] })
  void client.invalidateQueries({ queryKey: ['escalations'] })
  await refresh(client)
  return state
}
