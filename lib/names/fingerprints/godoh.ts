import { crc32, decodeText, HEX } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier } from './name-group'

/** Stream (2 bytes), status, number, checksum, protocol, count of labels in use. */
const HEADER = /^[0-9a-f]{4}\.(?:be|ef|ca)\.\d{1,16}\.[0-9a-f]{2,8}\.[0-9a-f]\.[0-3]$/
const DATA_LABEL = /^[0-9a-f]{1,60}$/

/** @see `protocol/data.go` and `protocol/constants.go` of goDoH: six header labels and three for data, `0` when unused. */
export const godoh: Fingerprint = {
  tool: 'goDoH',
  identify({ carriers }) {
    const names = carriers.flatMap((carrier) => {
      const data = dataOf(carrier)
      return data === null
        ? []
        : [{ data, stream: carrier.labels[0] ?? '', isChecked: crc32(data) === Number.parseInt(carrier.labels[3] ?? '', 16) }]
    })
    const checked = names.filter(({ data, isChecked }) => isChecked && data.length > 0)
    if (names.length < 3) return null
    const carried = { alphabet: HEX, pieces: checked.slice(0, MAX_PIECES).map(({ data }) => data) }
    if (checked.length >= 3) {
      const proof = [`The CRC-32 in ${namesText(checked.length)} is that of the data they carry, as in goDoH.`]
      return { name: 'goDoH', confidence: 'certain', proof, carried }
    }
    if (names.length < 0.8 * carriers.length || names.some(({ isChecked }) => !isChecked)) return null
    return {
      name: 'goDoH',
      confidence: 'high',
      proof: [`${namesText(names.length)} have goDoH’s nine labels and a right checksum.`],
      carried,
    }
  },
}

function dataOf({ labels }: Carrier): Uint8Array | null {
  if (labels.length !== 9 || !HEADER.test(labels.slice(0, 6).join('.'))) return null
  const data = labels.slice(6)
  const used = Number(labels[5])
  const isLaidOut = data.every((label, i) => (i < used ? DATA_LABEL.test(label) : label === '0'))
  return isLaidOut ? decodeHex(data.slice(0, used).join('')) : null
}

const decodeHex = (text: string): Uint8Array | null => (text.length % 2 === 0 ? decodeText(text, HEX) : null)
