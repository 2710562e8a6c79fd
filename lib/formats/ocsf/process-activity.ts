import { field, firstText, listField, numberField, textField } from '../document-fields'
import { isObject, type JsonObject } from '../json-records'
import type { Mapped, RecordPlace } from '../mapped'
import { identityOf } from '../process-identity'

/** Maps a launch: `process` is the new one; its parent is `process.parent_process` or the actor that launched it. */
export function mapLaunch(record: JsonObject, at: number, place: RecordPlace): Mapped {
  const started = field(record, 'process')
  if (!isObject(started)) return { reject: 'no-process', detail: 'the record has no process object' }
  const parent = field(started, 'parent_process') ?? field(record, 'actor.process')
  const user = textField(started, 'user.name') === null ? field(record, 'actor.user') : field(started, 'user')
  const known = isObject(user) ? user : {}
  const address = listField(record, 'device.ip')
  return {
    event: {
      kind: 'process',
      at,
      timeQuality: 'exact',
      category: ['process'],
      type: ['start'],
      action: 'Launch',
      hostId: textField(record, 'device.uid'),
      hostName: textField(record, 'device.hostname'),
      hostIps: address,
      user: { name: textField(known, 'name'), domain: textField(known, 'domain'), id: textField(known, 'uid') },
      process: { ...processOf(started), originalFileName: null },
      parent: processOf(isObject(parent) ? parent : {}),
      sensor: textField(record, 'metadata.product.name'),
      format: 'ocsf',
      recordNo: place.recordNo,
    },
  }
}

const processOf = (process: JsonObject) =>
  identityOf({
    name: firstText(process, 'name', 'file.name'),
    executable: firstText(process, 'path', 'file.path'),
    args: [],
    commandLine: textField(process, 'cmd_line'),
    pid: numberField(process, 'pid'),
    entityId: textField(process, 'uid'),
  })
