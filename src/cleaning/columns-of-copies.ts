/** Returns the names of the columns in which copies of a row agree: all but its place in the file and in its order. */
export function columnsOfCopies(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name).filter((name) => name !== "source_row" && name !== "line_no");
}
