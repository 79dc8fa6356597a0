/** The same keys with any texts: a catalogue in another language must have what the English one has. */
export type SameKeys<T> = { [Key in keyof T]: T[Key] extends string ? string : SameKeys<T[Key]> };
