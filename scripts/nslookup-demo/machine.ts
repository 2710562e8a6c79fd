import type { Random } from './random'

/** A program as Sysmon describes it. */
export interface Program {
  readonly image: string
  readonly originalFileName: string
  readonly description: string
  readonly product: string
  readonly company: string
}

/** A running process that can be the parent of another. */
export interface Running {
  readonly guid: string
  readonly pid: number
  readonly image: string
  readonly commandLine: string
  readonly user: string
}

/** One process start on one workstation. */
export interface Start {
  readonly at: number
  readonly machine: Machine
  readonly process: Running
  readonly program: Program
  readonly parent: Running
}

const windows = (file: string, originalFileName: string, description: string, folder = 'C:\\Windows\\System32\\'): Program => ({
  image: `${folder}${file}`,
  originalFileName,
  description,
  product: 'Microsoft® Windows® Operating System',
  company: 'Microsoft Corporation',
})

export const PROGRAMS = {
  services: windows('services.exe', 'services.exe', 'Services and Controller app'),
  svchost: windows('svchost.exe', 'svchost.exe', 'Host Process for Windows Services'),
  explorer: windows('explorer.exe', 'EXPLORER.EXE', 'Windows Explorer', 'C:\\Windows\\'),
  runtimeBroker: windows('RuntimeBroker.exe', 'RuntimeBroker.exe', 'Runtime Broker'),
  taskhostw: windows('taskhostw.exe', 'taskhostw.exe', 'Host Process for Windows Tasks'),
  searchHost: windows('SearchProtocolHost.exe', 'SearchProtocolHost.exe', 'Microsoft Windows Search Protocol Host'),
  cmd: windows('cmd.exe', 'Cmd.Exe', 'Windows Command Processor'),
  ipconfig: windows('ipconfig.exe', 'ipconfig.exe', 'IP Configuration Utility'),
  nslookup: windows('nslookup.exe', 'nslookup.exe', 'nslookup'),
  powershell: windows('powershell.exe', 'PowerShell.EXE', 'Windows PowerShell', 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\'),
  winword: {
    image: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    originalFileName: 'WinWord.exe',
    description: 'Microsoft Word',
    product: 'Microsoft Office',
    company: 'Microsoft Corporation',
  },
  chrome: {
    image: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    originalFileName: 'chrome.exe',
    description: 'Google Chrome',
    product: 'Google Chrome',
    company: 'Google LLC',
  },
} as const satisfies Record<string, Program>

const SYSTEM = 'NT AUTHORITY\\SYSTEM'

/** A workstation: hands out process ids and GUIDs in Sysmon's form, and keeps the processes others are started by. */
export class Machine {
  readonly hostId: string
  readonly macAddress: string
  readonly services: Running
  readonly explorer: Running
  readonly chrome: Running
  private readonly random: Random
  private readonly guidPrefix: string
  private records: number

  constructor(
    readonly name: string,
    readonly ip: string,
    readonly user: string,
    bootedAt: number,
    random: Random,
  ) {
    this.random = random
    this.hostId = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`
    this.macAddress = `02-${Array.from({ length: 5 }, () => random.hex(2).toUpperCase()).join('-')}`
    this.guidPrefix = random.hex(8).toUpperCase()
    this.records = random.between(20_000, 90_000)
    this.services = this.spawn(bootedAt, PROGRAMS.services, 'C:\\Windows\\system32\\services.exe', SYSTEM)
    this.explorer = this.spawn(bootedAt + 95_000, PROGRAMS.explorer, 'C:\\Windows\\Explorer.EXE', user)
    const chrome = `"${PROGRAMS.chrome.image}" --profile-directory=Default`
    this.chrome = this.spawn(bootedAt + 600_000, PROGRAMS.chrome, chrome, user)
  }

  spawn(at: number, { image }: Program, commandLine: string, user: string): Running {
    return { guid: this.guidAt(at), pid: this.random.between(250, 6_000) * 4, image, commandLine, user }
  }

  start(at: number, program: Program, commandLine: string, parent: Running, user = this.user): Start {
    return { at, machine: this, process: this.spawn(at, program, commandLine, user), program, parent }
  }

  nextRecord(): number {
    this.records += this.random.between(1, 9)
    return this.records
  }

  /** Machine part, start in seconds (low half first), counter, machine part. */
  private guidAt(at: number): string {
    const seconds = Math.floor(at / 1_000)
      .toString(16)
      .padStart(8, '0')
      .toUpperCase()
    return `{${this.guidPrefix}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${this.random.hex(4).toUpperCase()}-000000002C00}`
  }
}
