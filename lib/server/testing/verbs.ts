import type { Permission } from '@/lib/domain/permission'
import { addNote } from '@/lib/services/alarms/add-note'
import { alarmChanges } from '@/lib/services/alarms/alarm-changes'
import { baselineOfAlarm } from '@/lib/services/alarms/baseline-of-alarm'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { escalateAlarm } from '@/lib/services/alarms/escalate-alarm'
import { exportStix } from '@/lib/services/alarms/export-stix'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { answerGuideStep } from '@/lib/services/alarms/guide-answer-step'
import { listGuideSteps } from '@/lib/services/alarms/guide-list-steps'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { listAskingSources } from '@/lib/services/alarms/list-asking-sources'
import { listRelatedAlarms } from '@/lib/services/alarms/list-related-alarms'
import { listStories } from '@/lib/services/alarms/list-stories'
import { reopenAlarm } from '@/lib/services/alarms/reopen-alarm'
import { timelineOfAlarm } from '@/lib/services/alarms/timeline-of-alarm'
import { undoDecision } from '@/lib/services/alarms/undo-decision'
import { addEntry } from '@/lib/services/allowlist/add-entry'
import { checkName } from '@/lib/services/allowlist/check-name'
import { listEntries } from '@/lib/services/allowlist/list-entries'
import { previewEntry } from '@/lib/services/allowlist/preview-entry'
import { dismissProposal } from '@/lib/services/allowlist/proposals/dismiss-proposal'
import { listProposals } from '@/lib/services/allowlist/proposals/list-proposals'
import { removeEntry } from '@/lib/services/allowlist/remove-entry'
import { exportAssets } from '@/lib/services/assets/export-assets'
import { importAssets } from '@/lib/services/assets/import-assets'
import { listAssets } from '@/lib/services/assets/list-assets'
import { listNames } from '@/lib/services/assets/list-names'
import { nameSources } from '@/lib/services/assets/name-sources'
import { removeAsset } from '@/lib/services/assets/remove-asset'
import { saveAsset } from '@/lib/services/assets/save-asset'
import { exportAudit } from '@/lib/services/audit/export-audit'
import { listAudit } from '@/lib/services/audit/list-audit'
import { listAuditValues } from '@/lib/services/audit/list-audit-values'
import type { ServiceContext } from '@/lib/services/context'
import { getCoverage } from '@/lib/services/coverage/get-coverage'
import { removeDemo } from '@/lib/services/demo/remove-demo'
import { cancelPreview } from '@/lib/services/detectors/cancel-preview'
import { changeDetector } from '@/lib/services/detectors/change-detector'
import { checkException } from '@/lib/services/detectors/check-exception'
import { getDetector } from '@/lib/services/detectors/get-detector'
import { getPreview } from '@/lib/services/detectors/get-preview'
import { listDetectors } from '@/lib/services/detectors/list-detectors'
import { revertChange } from '@/lib/services/detectors/revert-change'
import { startPreview } from '@/lib/services/detectors/start-preview'
import { getDomain } from '@/lib/services/domains/get-domain'
import { addAlarms } from '@/lib/services/escalations/add-alarms'
import { addTask } from '@/lib/services/escalations/add-task'
import { assignEscalation } from '@/lib/services/escalations/assign-escalation'
import { assignTask } from '@/lib/services/escalations/assign-task'
import { createEscalation } from '@/lib/services/escalations/create-escalation'
import { getEscalation } from '@/lib/services/escalations/get-escalation'
import { getIndicators } from '@/lib/services/escalations/get-indicators'
import { handOver } from '@/lib/services/escalations/hand-over'
import { listEscalations } from '@/lib/services/escalations/list-escalations'
import { listPeople } from '@/lib/services/escalations/list-people'
import { mergeEscalation } from '@/lib/services/escalations/merge-escalation'
import { noteEscalation } from '@/lib/services/escalations/note-escalation'
import { removeAlarms } from '@/lib/services/escalations/remove-alarms'
import { renameEscalation } from '@/lib/services/escalations/rename-escalation'
import { setEscalationStatus } from '@/lib/services/escalations/set-status'
import { splitEscalation } from '@/lib/services/escalations/split-escalation'
import { suggestEscalations } from '@/lib/services/escalations/suggest-escalations'
import { tickTask } from '@/lib/services/escalations/tick-task'
import { undoEscalationChange } from '@/lib/services/escalations/undo-change'
import { getEvaluation } from '@/lib/services/evaluation/get-evaluation'
import { importEvents } from '@/lib/services/events/import-events'
import { countEvents } from '@/lib/services/events-search/count-events'
import { exportEvents } from '@/lib/services/events-search/export-events'
import { searchEvents } from '@/lib/services/events-search/search-events'
import { getHost } from '@/lib/services/hosts/get-host'
import { addLogSource } from '@/lib/services/log-sources/add-log-source'
import { createKey } from '@/lib/services/log-sources/create-key'
import { getLogSource } from '@/lib/services/log-sources/get-log-source'
import { listGaps } from '@/lib/services/log-sources/list-gaps'
import { listKeys } from '@/lib/services/log-sources/list-keys'
import { listLogSources } from '@/lib/services/log-sources/list-log-sources'
import { removeLogSource } from '@/lib/services/log-sources/remove-log-source'
import { revokeKey } from '@/lib/services/log-sources/revoke-key'
import { setLogSourceFormat } from '@/lib/services/log-sources/set-log-source-format'
import { setLogSourcePaused } from '@/lib/services/log-sources/set-log-source-paused'
import { listLookups } from '@/lib/services/lookups/list-lookups'
import { look } from '@/lib/services/presence/look'
import { listKept } from '@/lib/services/rejects/list-kept'
import { readAgain } from '@/lib/services/rejects/read-again'
import { adjustSelection } from '@/lib/services/selections/adjust-selection'
import { createSelection } from '@/lib/services/selections/create-selection'
import { decideSelection } from '@/lib/services/selections/decide-selection'
import { getUnit } from '@/lib/services/selections/get-unit'
import { listAssignees } from '@/lib/services/selections/list-assignees'
import { matchSelection } from '@/lib/services/selections/match-selection'
import { offerEntries } from '@/lib/services/selections/offer-entries'
import { undoUnit } from '@/lib/services/selections/undo-unit'
import { getIntake } from '@/lib/services/sources/get-intake'
import { listSources } from '@/lib/services/sources/list-sources'
import { getStatus } from '@/lib/services/status/get-status'
import { listUploads } from '@/lib/services/uploads/list-uploads'
import { takeUpload } from '@/lib/services/uploads/take-upload'
import { createUser } from '@/lib/services/users/create-user'
import { listUsers } from '@/lib/services/users/list-users'
import { resetPassword } from '@/lib/services/users/reset-password'
import { updateUser } from '@/lib/services/users/update-user'
import { countViews } from '@/lib/services/views/count-views'
import { listViews } from '@/lib/services/views/list-views'
import { removeView } from '@/lib/services/views/remove-view'
import { saveView } from '@/lib/services/views/save-view'

const guideStep = { alarmId: 'none', stepId: 'read', step: 'Read', answer: 'done', note: null, expectedAt: null } as const
const decision = { alarmId: 'none', expectedVersion: 1, note: null }
const scope = { domain: 'example.com', source: null, detector: null }
export const entry = { ...scope, reason: 'a test', family: null, days: 1 }
const file = { bytes: new ReadableStream<Uint8Array>(), meta: { via: 'upload', name: 'x', bytesTotal: null } }
const user = { name: 'x', email: 'x@example.com', role: 'analyst', password: 'x'.repeat(12) } as const
const logSource = {
  name: '',
  kind: 'elastic',
  acceptsUnauthenticated: false,
  keyDays: 1,
  settings: { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 },
} as const
const choice = { enabled: true, values: {}, exceptions: [] }
const settings = { ...choice, detectorId: 'none', expectedVersion: 0, reason: 'a test', acceptedLosses: 0 }
const search = { q: '', kind: 'lookups', cursor: null } as const
const escalation = { escalationId: 'none', expectedVersion: 1, alarmIds: ['none'], title: 'x', taskId: 'none', userId: null }
export const close = { ...decision, reason: 'false-positive', family: null } as const

/** Every verb, the right it takes, and a call of it. */
export const VERBS: Readonly<Record<string, readonly [Permission, (ctx: ServiceContext) => Promise<unknown>]>> = {
  'alarms/add-note': ['alarm:decide', (ctx) => addNote(ctx, { alarmId: 'none', text: 'x' })],
  'alarms/alarm-changes': ['alarm:read', (ctx) => alarmChanges(ctx)],
  'alarms/baseline-of-alarm': ['alarm:read', (ctx) => baselineOfAlarm(ctx, { alarmId: 'none', cursor: null })],
  'alarms/close-alarm': ['alarm:decide', (ctx) => closeAlarm(ctx, { ...close, allowlist: null })],
  'alarms/escalate-alarm': ['alarm:decide', (ctx) => escalateAlarm(ctx, decision)],
  'alarms/export-stix': ['alarm:read', (ctx) => exportStix(ctx, decision)],
  'alarms/get-alarm': ['alarm:read', (ctx) => getAlarm(ctx, decision)],
  'alarms/guide-answer-step': ['alarm:decide', (ctx) => answerGuideStep(ctx, guideStep)],
  'alarms/guide-list-steps': ['alarm:read', (ctx) => listGuideSteps(ctx, decision)],
  'alarms/list-alarms': ['alarm:read', (ctx) => listAlarms(ctx, { sort: 'worst', limit: 1, cursor: null })],
  'alarms/list-asking-sources': ['alarm:read', (ctx) => listAskingSources(ctx, decision)],
  'alarms/list-related-alarms': ['alarm:read', (ctx) => listRelatedAlarms(ctx, decision)],
  'alarms/list-stories': ['alarm:read', (ctx) => listStories(ctx, { limit: 1, cursor: null })],
  'alarms/reopen-alarm': ['alarm:decide', (ctx) => reopenAlarm(ctx, decision)],
  'alarms/timeline-of-alarm': ['alarm:read', (ctx) => timelineOfAlarm(ctx, decision)],
  'alarms/undo-decision': ['alarm:decide', (ctx) => undoDecision(ctx, { ...decision, eventId: 'none' })],
  'allowlist/add-entry': ['allowlist:manage', (ctx) => addEntry(ctx, entry)],
  'allowlist/check-name': ['allowlist:read', (ctx) => checkName(ctx, { name: 'example.com' })],
  'allowlist/list-entries': ['allowlist:read', (ctx) => listEntries(ctx, { includeRemoved: true })],
  'allowlist/preview-entry': ['allowlist:read', (ctx) => previewEntry(ctx, scope)],
  'allowlist/remove-entry': ['allowlist:manage', (ctx) => removeEntry(ctx, { entryId: 'none' })],
  'allowlist/proposals/dismiss-proposal': ['allowlist:manage', (ctx) => dismissProposal(ctx, { domain: 'example.com' })],
  'allowlist/proposals/list-proposals': ['allowlist:read', (ctx) => listProposals(ctx)],
  'assets/export-assets': ['source:read', (ctx) => exportAssets(ctx)],
  'assets/import-assets': ['asset:manage', (ctx) => importAssets(ctx, { csv: 'address,name', dryRun: true })],
  'assets/list-assets': ['source:read', (ctx) => listAssets(ctx)],
  'assets/list-names': ['source:read', (ctx) => listNames(ctx, { of: '10.0.0.1' })],
  'assets/name-sources': ['source:read', (ctx) => nameSources(ctx, { sources: [] })],
  'assets/remove-asset': ['asset:manage', (ctx) => removeAsset(ctx, { key: 'none' })],
  'assets/save-asset': ['asset:manage', (ctx) => saveAsset(ctx, { address: '', name: '', roles: [] })],
  'audit/export-audit': ['audit:read', (ctx) => exportAudit(ctx, {})],
  'audit/list-audit': ['audit:read', (ctx) => listAudit(ctx, { limit: 1, cursor: null })],
  'audit/list-audit-values': ['audit:read', (ctx) => listAuditValues(ctx)],
  'coverage/get-coverage': ['coverage:read', (ctx) => getCoverage(ctx)],
  'demo/remove-demo': ['demo:remove', (ctx) => removeDemo(ctx)],
  'detectors/cancel-preview': ['detector:manage', (ctx) => cancelPreview(ctx, { previewId: 'none' })],
  'detectors/change-detector': ['detector:manage', (ctx) => changeDetector(ctx, settings)],
  'detectors/check-exception': ['detector:read', (ctx) => checkException(ctx, { kql: 'host.name: x' })],
  'detectors/get-detector': ['detector:read', (ctx) => getDetector(ctx, settings)],
  'detectors/get-preview': ['detector:manage', (ctx) => getPreview(ctx, { previewId: 'none' })],
  'detectors/list-detectors': ['detector:read', (ctx) => listDetectors(ctx)],
  'detectors/revert-change': ['detector:manage', (ctx) => revertChange(ctx, { ...settings, changeId: 'none' })],
  'detectors/start-preview': ['detector:manage', (ctx) => startPreview(ctx, { ...settings, days: 7 })],
  'domains/get-domain': ['event:read', (ctx) => getDomain(ctx, { name: 'example.com' })],
  'escalations/add-alarms': ['escalation:manage', (ctx) => addAlarms(ctx, escalation)],
  'escalations/add-task': ['escalation:manage', (ctx) => addTask(ctx, { ...escalation, text: 'x' })],
  'escalations/assign-escalation': ['escalation:manage', (ctx) => assignEscalation(ctx, escalation)],
  'escalations/assign-task': ['escalation:manage', (ctx) => assignTask(ctx, escalation)],
  'escalations/create-escalation': ['escalation:manage', (ctx) => createEscalation(ctx, { ...escalation, note: null })],
  'escalations/get-escalation': ['escalation:read', (ctx) => getEscalation(ctx, escalation)],
  'escalations/get-indicators': ['escalation:read', (ctx) => getIndicators(ctx, escalation)],
  'escalations/hand-over': ['escalation:read', (ctx) => handOver(ctx, { ...escalation, format: 'pdf' })],
  'escalations/list-escalations': ['escalation:read', (ctx) => listEscalations(ctx, { limit: 1, cursor: null })],
  'escalations/list-people': ['escalation:manage', (ctx) => listPeople(ctx)],
  'escalations/merge-escalation': ['escalation:manage', (ctx) => mergeEscalation(ctx, { ...escalation, fromId: 'other' })],
  'escalations/note-escalation': ['escalation:manage', (ctx) => noteEscalation(ctx, { ...escalation, text: 'x' })],
  'escalations/remove-alarms': ['escalation:manage', (ctx) => removeAlarms(ctx, escalation)],
  'escalations/rename-escalation': ['escalation:manage', (ctx) => renameEscalation(ctx, escalation)],
  'escalations/set-status': ['escalation:manage', (ctx) => setEscalationStatus(ctx, { ...escalation, status: 'contained' })],
  'escalations/split-escalation': ['escalation:manage', (ctx) => splitEscalation(ctx, escalation)],
  'escalations/suggest-escalations': ['escalation:read', (ctx) => suggestEscalations(ctx, escalation)],
  'escalations/tick-task': ['escalation:manage', (ctx) => tickTask(ctx, { ...escalation, done: true })],
  'escalations/undo-change': ['escalation:manage', (ctx) => undoEscalationChange(ctx, { ...escalation, eventId: 'none' })],
  'evaluation/get-evaluation': ['detector:read', (ctx) => getEvaluation(ctx)],
  'events/import-events': ['source:import', (ctx) => importEvents(ctx, file)],
  'events-search/count-events': ['event:read', (ctx) => countEvents(ctx, search)],
  'events-search/export-events': ['event:read', (ctx) => exportEvents(ctx, search)],
  'events-search/search-events': ['event:read', (ctx) => searchEvents(ctx, { ...search, limit: 1 })],
  'hosts/get-host': ['event:read', (ctx) => getHost(ctx, { id: 'none' })],
  'log-sources/add-log-source': ['source:manage', (ctx) => addLogSource(ctx, logSource)],
  'log-sources/create-key': ['source:manage', (ctx) => createKey(ctx, { logSourceId: 'none', name: 'x', days: 1 })],
  'log-sources/get-log-source': ['source:read', (ctx) => getLogSource(ctx, { logSourceId: 'none' })],
  'log-sources/list-gaps': ['source:read', (ctx) => listGaps(ctx, { span: null })],
  'log-sources/list-keys': ['source:read', (ctx) => listKeys(ctx)],
  'log-sources/list-log-sources': ['source:read', (ctx) => listLogSources(ctx)],
  'log-sources/remove-log-source': ['source:manage', (ctx) => removeLogSource(ctx, { logSourceId: 'none' })],
  'log-sources/revoke-key': ['source:manage', (ctx) => revokeKey(ctx, { logSourceId: 'none', keyId: 'none' })],
  'log-sources/set-log-source-format': ['source:manage', (ctx) => setLogSourceFormat(ctx, { logSourceId: 'none', format: null })],
  'log-sources/set-log-source-paused': ['source:manage', (ctx) => setLogSourcePaused(ctx, { logSourceId: 'none', paused: true })],
  'lookups/list-lookups': ['alarm:read', (ctx) => listLookups(ctx, { from: 0, to: 1, limit: 1, cursor: null })],
  'rejects/list-kept': ['source:read', (ctx) => listKept(ctx)],
  'rejects/read-again': ['source:import', (ctx) => readAgain(ctx, { owner: 'import', id: 'none', format: null })],
  'uploads/list-uploads': ['source:import', (ctx) => listUploads(ctx, { desk: { list: () => Promise.resolve([]) } })],
  'uploads/take-upload': [
    'source:import',
    (ctx) => takeUpload(ctx, { request: new Request('http://localhost/'), desk: { handle: () => Promise.resolve(new Response()) } }),
  ],
  'selections/adjust-selection': ['alarm:decide', (ctx) => adjustSelection(ctx, { selectionId: 'none', add: [], remove: [] })],
  'selections/create-selection': ['alarm:decide', (ctx) => createSelection(ctx, { alarms: [] })],
  'selections/decide-selection': [
    'alarm:decide',
    (ctx) => decideSelection(ctx, { selectionId: 'none', decision: { kind: 'note', note: 'x' } }),
  ],
  'selections/get-unit': ['alarm:read', (ctx) => getUnit(ctx, { unitId: 'none' })],
  'selections/list-assignees': ['alarm:decide', (ctx) => listAssignees(ctx)],
  'selections/match-selection': ['alarm:decide', (ctx) => matchSelection(ctx, { selectionId: 'none' })],
  'selections/offer-entries': ['allowlist:add-from-alarm', (ctx) => offerEntries(ctx, { selectionId: 'none' })],
  'selections/undo-unit': ['alarm:decide', (ctx) => undoUnit(ctx, { unitId: 'none' })],
  'sources/get-intake': ['source:read', (ctx) => getIntake(ctx, { intakeId: 'none' })],
  'sources/list-sources': ['source:read', (ctx) => listSources(ctx)],
  'status/get-status': ['alarm:read', (ctx) => getStatus(ctx)],
  'presence/look': ['alarm:read', (ctx) => look(ctx, { tabId: 't', subject: null })],
  'users/create-user': ['user:manage', (ctx) => createUser(ctx, user)],
  'users/list-users': ['user:manage', (ctx) => listUsers(ctx)],
  'users/reset-password': ['user:manage', (ctx) => resetPassword(ctx, { userId: 'none', password: user.password })],
  'users/update-user': ['user:manage', (ctx) => updateUser(ctx, { userId: 'none' })],
  'views/count-views': ['alarm:read', (ctx) => countViews(ctx, { closedFrom: 0 })],
  'views/list-views': ['alarm:read', (ctx) => listViews(ctx)],
  'views/remove-view': ['alarm:read', (ctx) => removeView(ctx, { viewId: 'none' })],
  'views/save-view': ['alarm:read', (ctx) => saveView(ctx, { name: 'x', search: '', shared: false, defaultOf: null })],
}
