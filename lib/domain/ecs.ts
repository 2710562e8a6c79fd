import { documentOf, type QueryDocument, type Scalar } from './flat-document'
import type { ProcessEvent, ProcessIdentity } from './process-event'

/** How a field is indexed, which decides how a query value is compared with it; `unknown` goes by the stored value. */
export type FieldType = 'keyword' | 'text' | 'number' | 'boolean' | 'ip' | 'date' | 'unknown'

const IP_NAMES = new Set(['ip', 'resolved_ip'])
const NUMBER_NAMES = new Set(['port', 'bytes', 'packets', 'pid', 'ppid', 'args_count', 'ttl', 'duration', 'sequence', 'exit_code'])
const BOOLEAN_NAMES = new Set(['exists', 'trusted', 'valid', 'interactive'])
const DATE_NAMES = new Set(['@timestamp', 'event.created', 'event.ingested', 'event.start', 'event.end', 'process.start', 'process.end'])
const KEYWORD_ROOTS = new Set(['agent', 'data_stream', 'dns', 'event', 'host', 'network', 'observer', 'process', 'related', 'user', 'tags'])

/**
 * Type of a field in the Elastic Common Schema (9.5).
 *
 * @param name - dotted field name.
 */
export function ecsFieldType(name: string): FieldType {
  if (DATE_NAMES.has(name)) return 'date'
  const parts = name.split('.')
  const last = parts[parts.length - 1] ?? ''
  if (name === 'message' || last === 'text') return 'text'
  if (name === 'related.ip' || IP_NAMES.has(last)) return 'ip'
  if (NUMBER_NAMES.has(last)) return 'number'
  if (BOOLEAN_NAMES.has(last)) return 'boolean'
  return KEYWORD_ROOTS.has(parts[0] ?? '') ? 'keyword' : 'unknown'
}

type Fields = Map<string, readonly Scalar[]>

function put(fields: Fields, name: string, value: Scalar | null): void {
  if (value !== null) fields.set(name, [value])
}

function putAll(fields: Fields, name: string, values: readonly Scalar[]): void {
  if (values.length > 0) fields.set(name, values)
}

function putIdentity(fields: Fields, prefix: string, identity: ProcessIdentity): void {
  put(fields, `${prefix}.name`, identity.name)
  put(fields, `${prefix}.executable`, identity.executable)
  putAll(fields, `${prefix}.args`, identity.args)
  if (identity.args.length > 0) put(fields, `${prefix}.args_count`, identity.args.length)
  put(fields, `${prefix}.command_line`, identity.commandLine)
  put(fields, `${prefix}.pid`, identity.pid)
  put(fields, `${prefix}.entity_id`, identity.entityId)
}

/**
 * The event in the field names of the Elastic Common Schema. `@timestamp` is epoch ms. About a microsecond; nothing is
 * cached, because a document that outlives its event costs more than making it.
 */
export function ecsOfProcess(event: ProcessEvent): QueryDocument {
  const fields: Fields = new Map()
  put(fields, '@timestamp', event.at)
  put(fields, 'event.kind', 'event')
  putAll(fields, 'event.category', event.category)
  putAll(fields, 'event.type', event.type)
  put(fields, 'event.action', event.action)
  put(fields, 'host.id', event.hostId)
  put(fields, 'host.name', event.hostName)
  putAll(fields, 'host.ip', event.hostIps)
  put(fields, 'user.name', event.user.name)
  put(fields, 'user.domain', event.user.domain)
  put(fields, 'user.id', event.user.id)
  putIdentity(fields, 'process', event.process)
  put(fields, 'process.pe.original_file_name', event.process.originalFileName)
  putIdentity(fields, 'process.parent', event.parent)
  return documentOf(fields)
}
