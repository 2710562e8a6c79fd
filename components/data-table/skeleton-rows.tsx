/** Rows of the final height, so that nothing jumps when the data arrives. */
export function SkeletonRows({ columns, rows = 6 }: { readonly columns: number; readonly rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <td key={column} className="h-(--row) border-line border-b px-2">
          <span className="block h-3 animate-breathe rounded-sm bg-sunken" style={{ width: `${55 + ((row * 7 + column * 13) % 40)}%` }} />
        </td>
      ))}
    </tr>
  ))
}
