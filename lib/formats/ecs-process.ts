import { firstText, listField, numberField, textField } from './document-fields'
import type { DocumentPlace } from './ecs-dns'
import type { ParsedProcess } from './format'
import type { JsonObject } from './json-records'
import { identityOf } from './process-identity'

/** Forks share the program of their parent, so they start nothing; ends start nothing either. */
const NOT_A_START: ReadonlySet<string> = new Set(['fork', 'end', 'exit', 'already_running', 'exited-process', 'process_stopped'])

/** Is the record of a process start. */
export function isStart(document: JsonObject): boolean {
  if (!listField(document, 'event.category').includes('process') || !listField(document, 'event.type').includes('start')) return false
  const actions = listField(document, 'event.action')
  return actions.length === 0 || actions.some((action) => !NOT_A_START.has(action))
}

/** Maps an ECS document about a process start. */
export function mapEcsStart(document: JsonObject, at: number, place: DocumentPlace): ParsedProcess {
  // Sysmon documents carry the SID of the account that logs, not of the account that started the process.
  const isSysmon = textField(document, 'event.provider') === 'Microsoft-Windows-Sysmon'
  return {
    kind: 'process',
    at,
    timeQuality: 'exact',
    category: listField(document, 'event.category'),
    type: listField(document, 'event.type'),
    action: listField(document, 'event.action')[0] ?? null,
    hostId: textField(document, 'host.id'),
    hostName: firstText(document, 'host.name', 'host.hostname', 'winlog.computer_name'),
    hostIps: listField(document, 'host.ip'),
    user: {
      name: textField(document, 'user.name'),
      domain: textField(document, 'user.domain'),
      id: isSysmon ? null : textField(document, 'user.id'),
    },
    process: { ...identityAt(document, 'process'), originalFileName: textField(document, 'process.pe.original_file_name') },
    parent: identityAt(document, 'process.parent'),
    sensor: firstText(document, 'agent.name', 'observer.name'),
    format: place.format,
    recordNo: place.recordNo,
  }
}

const identityAt = (document: JsonObject, path: string) =>
  identityOf({
    name: textField(document, `${path}.name`),
    executable: textField(document, `${path}.executable`),
    args: listField(document, `${path}.args`),
    commandLine: textField(document, `${path}.command_line`),
    pid: numberField(document, `${path}.pid`),
    entityId: textField(document, `${path}.entity_id`),
  })
