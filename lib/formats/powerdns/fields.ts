const FIELD = /([A-Za-z_-]{1,32})="((?:[^"\\]|\\.){0,8192})"(?: |$)/y

/** Fields of a structured line, `name="value"` each, from `start` on; backslashes and quotes unescaped. */
export function readFields(text: string, start: number): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  FIELD.lastIndex = start
  for (let match = FIELD.exec(text); match !== null && fields.size < 64; match = FIELD.exec(text)) {
    const [, name = '', value = ''] = match
    // The first of two fields of one name is the program's; nothing later in the line can replace it.
    if (!fields.has(name)) fields.set(name, value.includes('\\') ? value.replace(/\\(.)/g, '$1') : value)
  }
  return fields
}
