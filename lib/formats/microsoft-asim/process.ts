import { firstText, numberField, textField } from '../document-fields'
import type { JsonObject } from '../json-records'
import type { Mapped, RecordPlace } from '../mapped'
import { identityOf, splitUser } from '../process-identity'
import { asimTime } from './time'

/** A row of the ProcessEvent schema (0.1.4). The acting process is the parent; ASIM's own parent is the grandparent. */
export function mapAsimProcess(row: JsonObject, place: RecordPlace): Mapped {
  if (textField(row, 'EventType') !== 'ProcessCreated') return { skip: 'other-event' }
  const time = asimTime(row, place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the row has no usable time (${time})` }
  const hostName = firstText(row, 'DvcHostname', 'DvcFQDN', 'Dvc')
  const hostIp = firstText(row, 'DvcIpAddr')
  const user = splitUser(firstText(row, 'TargetUsername', 'ActorUsername', 'User'))
  return {
    event: {
      kind: 'process',
      ...time,
      category: ['process'],
      type: ['start'],
      action: 'ProcessCreated',
      hostId: textField(row, 'DvcId'),
      hostName,
      hostIps: hostIp === null ? [] : [hostIp],
      user: {
        name: user.name,
        domain: user.domain ?? firstText(row, 'TargetDomain', 'ActorDomain'),
        id: firstText(row, 'TargetUserId', 'ActorUserId'),
      },
      process: {
        ...identityOf({
          name: null,
          executable: textField(row, 'TargetProcessName'),
          args: [],
          commandLine: firstText(row, 'TargetProcessCommandLine', 'CommandLine'),
          pid: numberField(row, 'TargetProcessId'),
          entityId: textField(row, 'TargetProcessGuid'),
        }),
        originalFileName: textField(row, 'TargetProcessFileOriginalName'),
      },
      parent: identityOf({
        name: null,
        executable: textField(row, 'ActingProcessName'),
        args: [],
        commandLine: textField(row, 'ActingProcessCommandLine'),
        pid: numberField(row, 'ActingProcessId'),
        entityId: textField(row, 'ActingProcessGuid'),
      }),
      sensor: hostName,
      format: 'microsoft-asim',
      recordNo: place.recordNo,
    },
  }
}
