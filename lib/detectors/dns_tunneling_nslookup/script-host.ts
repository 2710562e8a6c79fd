import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { KeptIdentity } from './matched-start'

type Kind = 'powershell' | 'command-shell' | 'script-engine' | 'html-application' | 'office'

/** Programs that run what somebody wrote: the usual parents of a scripted nslookup, by lower-case file name. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['powershell.exe', 'powershell'],
  ['pwsh.exe', 'powershell'],
  ['powershell_ise.exe', 'powershell'],
  ['cmd.exe', 'command-shell'],
  ['wscript.exe', 'script-engine'],
  ['cscript.exe', 'script-engine'],
  ['mshta.exe', 'html-application'],
  ['winword.exe', 'office'],
  ['excel.exe', 'office'],
  ['powerpnt.exe', 'office'],
  ['outlook.exe', 'office'],
  ['msaccess.exe', 'office'],
  ['mspub.exe', 'office'],
  ['onenote.exe', 'office'],
  ['visio.exe', 'office'],
])

const kindOf = (name: string | null): Kind | null => (name === null ? null : (KINDS.get(name.toLowerCase()) ?? null))

export const isScriptHost = (name: string | null): boolean => kindOf(name) !== null

const VISUAL_BASIC = /\.vb[se]\b|vbscript:/i

/** The execution technique that a parent process shows, with the fact that shows it; null when it shows none. */
export function executionTechnique(parent: KeptIdentity): TechniqueClaim | null {
  const kind = kindOf(parent.name)
  if (kind === null) return null
  const because = `${parent.name} started nslookup.exe`
  if (kind === 'powershell') return { id: 'T1059.001', because }
  if (kind === 'command-shell') return { id: 'T1059.003', because }
  const visualBasic = VISUAL_BASIC.exec(parent.commandLine ?? '')?.[0]
  if (visualBasic !== undefined) return { id: 'T1059.005', because: `${because}, with ${visualBasic} on its command line` }
  return { id: 'T1059', because }
}
