import type { BuiltRecord } from './evtx-builder'

const COMPUTER = 'ws-07.corp.example'
const SYSMON = 'Microsoft-Windows-Sysmon'

/** What `fixtures/sysmon.evtx` holds. */
export const FIXTURE_RECORDS: readonly BuiltRecord[] = [
  {
    provider: SYSMON,
    code: 1,
    at: Date.UTC(2026, 10, 20, 9, 0, 0, 40),
    computer: COMPUTER,
    data: {
      UtcTime: '2026-11-20 09:00:00.031',
      ProcessGuid: '{0197231E-9BE6-6934-5301-000000000B00}',
      ProcessId: '3412',
      Image: 'C:\\Windows\\System32\\nslookup.exe',
      CommandLine: 'nslookup  -q=TXT "a<b>&c".t.example.net',
      User: 'CORP\\mira',
      OriginalFileName: 'nslookup.exe',
      ParentProcessGuid: '{0197231E-9B6B-6934-2B01-000000000B00}',
      ParentProcessId: '1092',
      ParentImage: 'C:\\Windows\\System32\\cmd.exe',
      ParentCommandLine: 'cmd.exe /c run.bat',
    },
  },
  {
    provider: SYSMON,
    code: 22,
    at: Date.UTC(2026, 10, 20, 9, 0, 1, 0),
    computer: COMPUTER,
    data: {
      UtcTime: '2026-11-20 09:00:00.950',
      ProcessGuid: '{0197231E-9BE6-6934-5301-000000000B00}',
      ProcessId: '3412',
      QueryName: 'www.example.com',
      QueryStatus: '0',
      QueryResults: '::ffff:192.0.2.7;',
      Image: 'C:\\Windows\\System32\\nslookup.exe',
      User: 'CORP\\mira',
    },
  },
  { provider: SYSMON, code: 3, at: Date.UTC(2026, 10, 20, 9, 0, 2), computer: COMPUTER, data: { UtcTime: '2026-11-20 09:00:02.000' } },
]
