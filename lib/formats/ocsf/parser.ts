import { numberField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { LogFormat } from '../format'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { epochTime, isoTime, plausible } from '../timestamps'
import { mapActivity } from './dns-activity'
import { mapLaunch } from './process-activity'

const DNS_ACTIVITY = 4003
const PROCESS_ACTIVITY = 1007

/** Events of the Open Cybersecurity Schema Framework: DNS Activity (4003) and Process Activity (1007). */
export const ocsf: LogFormat = {
  id: 'ocsf',
  title: 'OCSF DNS and process activity (JSON)',
  endings: ['.json', '.ndjson', '.json.gz'],
  expects: 'JSON objects with `class_uid` 4003 or 1007',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isActivity) !== null),
  createParser: (sink, options) => new DocumentLogParser({ fits: isActivity, map }, sink, options),
}

const isActivity = (record: JsonObject): boolean => {
  const kind = numberField(record, 'class_uid')
  return kind === DNS_ACTIVITY || kind === PROCESS_ACTIVITY
}

function map(record: JsonObject, place: RecordPlace): Mapped {
  const isDns = numberField(record, 'class_uid') === DNS_ACTIVITY
  // 1 is Launch; the other activities are ends, opens and injections.
  if (!isDns && numberField(record, 'activity_id') !== 1) return { skip: 'other-event' }
  const { time } = record
  // The schema has milliseconds; published data has seconds and ISO 8601 too.
  const read = typeof time === 'number' ? epochTime(time) : typeof time === 'string' ? isoTime(time) : 'no-timestamp'
  const when = plausible(read, place.nowMs)
  if (typeof when === 'string') return { reject: when, detail: `time is no usable time (${when})` }
  return isDns ? mapActivity(record, when.at, place) : mapLaunch(record, when.at, place)
}
