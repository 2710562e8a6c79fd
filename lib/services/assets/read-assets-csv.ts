import { ASSET_ROLES, type AssetRole, isAssetRole, MAX_ASSET_NAME, MAX_ASSETS } from '@/lib/domain/asset'
import { assetKeyOf } from '@/lib/domain/asset-key'
import { csvCells } from '@/lib/formats/csv-record'

export interface WrittenAsset {
  readonly key: string
  readonly name: string
  readonly roles: readonly AssetRole[]
}

export interface CsvProblem {
  /** Counted from 1, the header included. */
  readonly line: number
  readonly message: string
}

/** Problems listed; their number is exact beyond it. */
const MAX_PROBLEMS = 100
const COLUMNS = ['address', 'name', 'roles'] as const
/** What a formula-safe export puts before a cell that a spreadsheet would run. */
const MADE_INERT = /^'(?=[=+\-@\t＝＋－＠])/

/** A name and roles as people write them. @returns the fault in words, or the asset. */
export function writtenAsset(address: string, name: string, roles: readonly string[]): WrittenAsset | string {
  const found = assetKeyOf(address)
  if (found.kind === 'refused') return `address: ${found.why}`
  const shown = name.trim()
  if (shown.length > MAX_ASSET_NAME) return `name: is longer than ${MAX_ASSET_NAME} characters`
  const given = roles.map((role) => role.trim().toLowerCase()).filter((role) => role !== '')
  const unknown = given.find((role) => !isAssetRole(role))
  if (unknown !== undefined) return `roles: ${unknown.slice(0, 40)} is none of ${ASSET_ROLES.join(', ')}`
  const known = ASSET_ROLES.filter((role) => given.includes(role))
  if (known.includes('own-zone') && found.kind !== 'name') return 'roles: own-zone is for a DNS name'
  if (shown === '' && known.length === 0) return 'says nothing: give a name or a role'
  return { key: found.key, name: shown, roles: known }
}

/**
 * A file of assets: a header that names address, name and roles in any order, further columns left out; roles separated by
 * `;` or blanks. Empty lines are passed over; of an address given twice the second is a problem.
 */
export function readAssetsCsv(text: string): {
  readonly assets: readonly WrittenAsset[]
  readonly problems: readonly CsvProblem[]
  readonly problemCount: number
} {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const problems: CsvProblem[] = []
  let problemCount = 0
  const problem = (line: number, message: string): void => {
    problemCount += 1
    if (problems.length < MAX_PROBLEMS) problems.push({ line, message })
  }
  const header = csvCells(lines[0] ?? '').map((cell) => cell.trim().toLowerCase())
  const [addressAt = -1, nameAt = -1, rolesAt = -1] = COLUMNS.map((column) => header.indexOf(column))
  const byKey = new Map<string, WrittenAsset & { readonly line: number }>()
  if (addressAt === -1 || (nameAt === -1 && rolesAt === -1)) {
    problem(1, 'the first line has to name the columns: address, name, roles')
    return { assets: [], problems, problemCount }
  }
  for (const [index, lineText] of lines.entries()) {
    if (index === 0 || lineText.trim() === '') continue
    const line = index + 1
    const cells = csvCells(lineText)
    const cell = (at: number): string => (cells[at] ?? '').replace(MADE_INERT, '')
    const asset = writtenAsset(cell(addressAt), cell(nameAt), cell(rolesAt).split(/[;\s]+/))
    if (typeof asset === 'string') problem(line, asset)
    else {
      const earlier = byKey.get(asset.key)
      if (earlier !== undefined) problem(line, `address: is the same as that of line ${earlier.line}`)
      else byKey.set(asset.key, { ...asset, line })
    }
  }
  if (byKey.size > MAX_ASSETS) problem(lines.length, `has more than ${MAX_ASSETS} assets`)
  return { assets: [...byKey.values()].map(({ line: _line, ...asset }) => asset), problems, problemCount }
}
