import { nameFromText } from '@/lib/names/canonical-name'

/** What one nslookup start asks for: `nslookup [-option …] [name [server]]`. */
export interface NslookupRequest {
  /** Upper-case mnemonic of the last query-type option; null when there is none or it is empty. */
  readonly queryType: string | null
  /** Canonical name; null when the arguments name none, so that nslookup reads names from its input. */
  readonly target: string | null
  /** Server the question goes to instead of the configured resolver. */
  readonly server: string | null
}

const TYPE_OPTION = /^[-/](?:querytype|query|qt|q|type)=(.*)$/i
/** Longest mnemonic there is (RFC 3597 `TYPE65535` included); anything longer is no type. */
const LONGEST_TYPE = 10

const isOption = (argument: string): boolean => argument.length > 1 && (argument.startsWith('-') || argument.startsWith('/'))

/** @param args - arguments one by one, the program's own name first. */
export function nslookupRequest(args: readonly string[]): NslookupRequest {
  const [program, ...rest] = args
  const given = program !== undefined && isOption(program) ? args : rest
  const types = given.flatMap((argument) => TYPE_OPTION.exec(argument)?.[1] ?? [])
  const queryType = types.at(-1)?.trim().toUpperCase() ?? ''
  const [name, server] = given.filter((argument) => argument !== '' && !isOption(argument))
  return {
    queryType: queryType === '' || queryType.length > LONGEST_TYPE ? null : queryType,
    // A single hyphen keeps the name's place free: `nslookup - 10.0.0.53` is interactive with another server.
    target: name === undefined || name === '-' ? null : nameFromText(name, 'none').qname,
    server: server ?? null,
  }
}
