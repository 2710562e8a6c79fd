import { createHash } from 'node:crypto'
import type { Program, Start } from './machine'

const iso = (at: number): string => new Date(at).toISOString()

/** Invented: a digest of the path, so that one program has one value everywhere. */
function hashesOf({ image }: Program): string {
  const digest = createHash('sha256').update(image.toLowerCase()).digest('hex').toUpperCase()
  return `SHA256=${digest}`
}

function eventData({ at, process, program, parent }: Start): Readonly<Record<string, string>> {
  const isSystem = process.user.startsWith('NT AUTHORITY')
  return {
    RuleName: '-',
    UtcTime: iso(at).replace('T', ' ').replace('Z', ''),
    ProcessGuid: process.guid,
    ProcessId: String(process.pid),
    Image: process.image,
    FileVersion: '-',
    Description: program.description,
    Product: program.product,
    Company: program.company,
    OriginalFileName: program.originalFileName,
    CommandLine: process.commandLine,
    CurrentDirectory: isSystem ? 'C:\\Windows\\system32\\' : `C:\\Users\\${process.user.replace(/^.*\\/, '')}\\`,
    User: process.user,
    LogonId: isSystem ? '0x3e7' : '0x5a1c2',
    TerminalSessionId: isSystem ? '0' : '1',
    IntegrityLevel: isSystem ? 'System' : 'Medium',
    Hashes: hashesOf(program),
    ParentProcessGuid: parent.guid,
    ParentProcessId: String(parent.pid),
    ParentImage: parent.image,
    ParentCommandLine: parent.commandLine,
    ParentUser: parent.user,
  }
}

/** One Sysmon process creation as Winlogbeat 8 ships it: raw `winlog.event_data`, nothing mapped to `process.*`. */
export function winlogbeatDocument(start: Start): object {
  const { machine } = start
  const data = eventData(start)
  const action = 'Process Create (rule: ProcessCreate)'
  return {
    '@timestamp': iso(start.at),
    '@metadata': { beat: 'winlogbeat', type: '_doc', version: '8.17.4' },
    event: { code: '1', kind: 'event', provider: 'Microsoft-Windows-Sysmon', action, created: iso(start.at + 1_180) },
    log: { level: 'information' },
    message: `Process Create:\n${Object.entries(data)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}`,
    winlog: {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      provider_guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
      api: 'wineventlog',
      event_id: '1',
      version: 5,
      task: action,
      opcode: 'Info',
      record_id: machine.nextRecord(),
      computer_name: `${machine.name}.corp.example`,
      process: { pid: 3_412, thread: { id: 4_980 } },
      user: { identifier: 'S-1-5-18', name: 'SYSTEM', domain: 'NT AUTHORITY', type: 'User' },
      event_data: data,
    },
    host: {
      name: machine.name,
      hostname: machine.name,
      id: machine.hostId,
      ip: [machine.ip],
      mac: [machine.macAddress],
      os: { family: 'windows', platform: 'windows', type: 'windows', name: 'Windows 11 Pro' },
    },
    agent: { type: 'winlogbeat', version: '8.17.4', name: machine.name },
    ecs: { version: '8.0.0' },
  }
}
